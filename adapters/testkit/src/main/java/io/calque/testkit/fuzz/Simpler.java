package io.calque.testkit.fuzz;

import io.calque.testkit.fuzz.Query.Grouping;
import io.calque.testkit.fuzz.Query.Key;
import io.calque.testkit.fuzz.Query.Select;
import io.calque.testkit.fuzz.Query.SetOperation;
import io.calque.testkit.fuzz.Query.Tail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Queries that are a step simpler than a given one, the boldest steps first; some make no sense, and fail when they are tried.
 * Stateless.
 */
public final class Simpler {
    private Simpler() {}

    public static Stream<Query> than(Query query) {
        if (query instanceof SetOperation pair) {
            return Stream.of(
                            Stream.of(
                                    pair.left().withTail(pair.tail()),
                                    pair.right().withTail(pair.tail())),
                            tails(query),
                            than(pair.left())
                                    .map(q -> (Query) new SetOperation(pair.operator(), q, pair.right(), pair.tail())),
                            than(pair.right())
                                    .map(q -> (Query) new SetOperation(pair.operator(), pair.left(), q, pair.tail())),
                            narrower(pair))
                    .flatMap(s -> s);
        }
        return thanSelect((Select) query);
    }

    /** The same column left out on both sides. */
    private static Stream<Query> narrower(SetOperation pair) {
        List<Query> found = new ArrayList<>();
        if (pair.left() instanceof Select left
                && pair.right() instanceof Select right
                && pair.families().size() > 1) {
            for (int i = 0; i < left.items().size(); i++) {
                found.add(new SetOperation(
                        pair.operator(),
                        withItems(left, without(left.items(), i)),
                        withItems(right, without(right.items(), i)),
                        Tail.NONE));
            }
        }
        return found.stream();
    }

    private static Stream<Query> thanSelect(Select s) {
        List<Query> found = new ArrayList<>();
        from(s.from()).forEach(f -> found.add(withFrom(s, f)));
        if (s.where().isPresent()) {
            found.add(withWhere(s, Optional.empty()));
            expression(s.where().get()).forEach(e -> found.add(withWhere(s, Optional.of(e))));
        }
        if (s.having().isPresent()) {
            found.add(withHaving(s, Optional.empty()));
            expression(s.having().get()).forEach(e -> found.add(withHaving(s, Optional.of(e))));
        }
        if (s.distinct()) {
            found.add(new Select(
                    false,
                    s.items(),
                    s.from(),
                    s.where(),
                    s.grouped(),
                    s.groupBy(),
                    s.grouping(),
                    s.having(),
                    s.tail()));
        }
        tails(s).forEach(found::add);
        if (s.items().size() > 1) {
            for (int i = 0; i < s.items().size(); i++) {
                found.add(withItems(s, without(s.items(), i)).withTail(withoutOrdinal(s.tail(), i + 1)));
            }
        }
        if (s.grouping() != Grouping.PLAIN) {
            found.add(new Select(
                    s.distinct(),
                    s.items(),
                    s.from(),
                    s.where(),
                    s.grouped(),
                    s.groupBy(),
                    Grouping.PLAIN,
                    s.having(),
                    s.tail()));
        }
        for (int i = 0; i < s.groupBy().size(); i++) {
            Expr key = s.groupBy().get(i);
            List<Expr> items = s.items().stream().filter(e -> !e.equals(key)).toList();
            if (!items.isEmpty()) {
                found.add(new Select(
                        s.distinct(),
                        items,
                        s.from(),
                        s.where(),
                        true,
                        without(s.groupBy(), i),
                        s.grouping(),
                        s.having(),
                        Tail.NONE));
            }
        }
        if (!s.grouped() || s.groupBy().isEmpty()) {
            for (int i = 0; i < s.items().size(); i++) {
                int at = i;
                expression(s.items().get(i))
                        .forEach(e -> found.add(
                                withItems(s, replaced(s.items(), at, e)).withTail(s.tail())));
            }
        }
        return found.stream();
    }

    private static Stream<Query> tails(Query query) {
        Tail tail = query.tail();
        if (tail.keys().isEmpty()) {
            return Stream.empty();
        }
        Stream<Query> bold = Stream.of(query.withTail(Tail.NONE));
        Stream<Query> unlimited = tail.limit() < 0
                ? Stream.empty()
                : Stream.of(query.withTail(new Tail(tail.keys(), -1, 0, tail.total())));
        Stream<Query> fromStart = tail.offset() == 0
                ? Stream.empty()
                : Stream.of(query.withTail(new Tail(tail.keys(), tail.limit(), 0, tail.total())));
        return Stream.of(bold, unlimited, fromStart).flatMap(s -> s);
    }

    private static Tail withoutOrdinal(Tail tail, int ordinal) {
        List<Key> keys = tail.keys().stream()
                .filter(k -> k.ordinal() != ordinal)
                .map(k -> k.ordinal() > ordinal ? moved(k) : k)
                .toList();
        return keys.isEmpty() ? Tail.NONE : new Tail(keys, tail.limit(), tail.offset(), tail.total());
    }

    private static Key moved(Key key) {
        int ordinal = key.ordinal() - 1;
        return new Key(Expr.leaf(Family.INTEGER, String.valueOf(ordinal)), ordinal, key.direction());
    }

    private static Stream<From> from(From from) {
        if (from instanceof From.Joined joined) {
            return Stream.of(
                            Stream.of(joined.left(), joined.right()),
                            expression(joined.condition())
                                    .map(e -> (From) new From.Joined(joined.kind(), joined.left(), joined.right(), e)),
                            from(joined.left()).map(f ->
                                    (From) new From.Joined(joined.kind(), f, joined.right(), joined.condition())),
                            from(joined.right()).map(f ->
                                    (From) new From.Joined(joined.kind(), joined.left(), f, joined.condition())))
                    .flatMap(s -> s);
        }
        if (from instanceof From.Derived derived) {
            return than(derived.query())
                    .filter(q ->
                            q.families().size() == derived.query().families().size())
                    .map(q -> new From.Derived(q, derived.alias()));
        }
        return Stream.empty();
    }

    private static Stream<Expr> expression(Expr e) {
        Stream<Expr> parts = e.parts().stream()
                .filter(p -> p instanceof Expr part && part.family() == e.family())
                .map(Expr.class::cast);
        Stream<Expr> constant = e.parts().isEmpty()
                ? e.parameter().isPresent() ? Stream.of(Expr.leaf(e.family(), e.reference())) : Stream.empty()
                : Stream.empty();
        Stream<Expr> deeper = Stream.iterate(0, i -> i < e.parts().size(), i -> i + 1)
                .flatMap(i -> part(e.parts().get(i))
                        .map(p -> new Expr(
                                e.family(), e.text(), e.reference(), replaced(e.parts(), i, p), e.parameter())));
        return Stream.of(parts, constant, deeper).flatMap(s -> s);
    }

    private static Stream<Part> part(Part part) {
        if (part instanceof Expr e) {
            return expression(e).map(Function.identity());
        }
        return part instanceof Query q
                ? than(q).filter(x -> x.families().size() == q.families().size())
                        .map(Function.identity())
                : Stream.empty();
    }

    private static Select withFrom(Select s, From from) {
        return new Select(
                s.distinct(), s.items(), from, s.where(), s.grouped(), s.groupBy(), s.grouping(), s.having(), s.tail());
    }

    private static Select withWhere(Select s, Optional<Expr> where) {
        return new Select(
                s.distinct(), s.items(), s.from(), where, s.grouped(), s.groupBy(), s.grouping(), s.having(), s.tail());
    }

    private static Select withHaving(Select s, Optional<Expr> having) {
        return new Select(
                s.distinct(), s.items(), s.from(), s.where(), s.grouped(), s.groupBy(), s.grouping(), having, s.tail());
    }

    private static Select withItems(Select s, List<Expr> items) {
        return new Select(
                s.distinct(),
                items,
                s.from(),
                s.where(),
                s.grouped(),
                s.groupBy(),
                s.grouping(),
                s.having(),
                Tail.NONE);
    }

    private static <T> List<T> without(List<T> all, int index) {
        List<T> rest = new ArrayList<>(all);
        rest.remove(index);
        return rest;
    }

    private static <T> List<T> replaced(List<T> all, int index, T element) {
        List<T> changed = new ArrayList<>(all);
        changed.set(index, element);
        return changed;
    }
}
