package io.calque.nl2plan.draft.conversation;

import io.calque.nl2plan.draft.phrases.Conditions;
import io.calque.nl2plan.draft.phrases.DatesMeant;
import io.calque.nl2plan.draft.phrases.Timed;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.draft.request.Request.Having;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Compare;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.spi.catalog.TableDescriptor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** A turn that says which rows are meant: only these, not those. Used for one turn. */
final class TurnRestriction {
    private static final Pattern PREPOSITION = Pattern.compile(
            "(?i)^(?:in|from|of|for|by|with|at|on|during|since|before|after|until|between|over|under|above|below|more|less|fewer|at|that|who|which|whose|where|to|without)\\b.*");

    private final TurnReader reader;
    private final Nouns nouns;

    TurnRestriction(TurnReader reader, Nouns nouns) {
        this.reader = reader;
        this.nouns = nouns;
    }

    /** "leave out the brands with fewer than 77 parts", "without the USA". */
    Understanding without(Understanding before, String what, TableDescriptor subject) {
        Request request = before.request();
        Understanding read = readable(what, before, subject);
        Request unwanted = read.request();
        if (!unwanted.having.isEmpty()) {
            unwanted.having.forEach(
                    h -> request.having.add(new Having(h.figure(), Conditions.opposite(h.comparison()), h.against())));
            return TurnChange.with(before, read);
        }
        List<Condition> fresh = fresh(unwanted, request);
        if (fresh.isEmpty() || fresh.stream().anyMatch(c -> !c.or().isEmpty())) {
            throw TurnChange.notUnderstood();
        }
        fresh.forEach(c -> add(
                request,
                new Condition(
                        c.column(),
                        name -> "(" + c.sql().apply(name) + ") IS NOT TRUE",
                        "not " + c.words(),
                        c.owner())));
        return TurnChange.with(before, read);
    }

    /** What restricts the rows now: in the place of what is said of the same column, else besides. */
    Understanding filtered(Understanding before, String what, TableDescriptor subject) {
        Request request = before.request();
        Optional<Having> bound = bound(what, before);
        if (bound.isPresent()) {
            request.having.removeIf(h -> h.figure().equals(bound.get().figure())
                    && h.comparison() == bound.get().comparison());
            request.having.add(bound.get());
            return before;
        }
        List<Mention> said = reader.mentions(what).stream()
                .filter(m -> !(m instanceof Mention.Marker))
                .toList();
        if (said.size() == 1 && said.get(0) instanceof Mention.During during) {
            return during(before, during);
        }
        Understanding read = readable(what, before, subject);
        Request more = read.request();
        boolean something = false;
        for (Condition condition : fresh(more, request)) {
            boolean time = ColumnKinds.temporal(condition.column().column());
            Optional<Condition> old = request.conditions.stream()
                    .filter(c -> c.column().equals(condition.column())
                            || time && ColumnKinds.temporal(c.column().column()))
                    .findFirst();
            Condition now = old.filter(o -> time && !o.column().equals(condition.column()))
                    .map(o ->
                            new Condition(o.column(), condition.sql(), o.column() + " " + condition.words(), o.owner()))
                    .orElse(condition);
            request.conditions.removeIf(c -> c.column().equals(now.column()) && !c.equals(now));
            add(request, now);
            something = true;
        }
        for (Having having : more.having) {
            request.having.add(having);
            something = true;
        }
        something |= more.absent.stream()
                        .filter(t ->
                                request.absent.stream().noneMatch(a -> a.name().equals(t.name())))
                        .peek(request.absent::add)
                        .count()
                > 0;
        something |= more.required.stream()
                        .filter(t -> !t.name().equals(subject.name())
                                && request.required.stream()
                                        .noneMatch(a -> a.name().equals(t.name())))
                        .peek(request.required::add)
                        .count()
                > 0;
        if (request.orders.isEmpty() && !more.orders.isEmpty()) {
            request.orders.addAll(more.orders);
            request.limit = more.limit;
            request.ties = more.ties;
            something = true;
        }
        if (!something) {
            throw TurnChange.notUnderstood();
        }
        return TurnChange.with(before, read);
    }

    /** A time in the place of the one there was, else of the date that what was asked has. */
    private static Understanding during(Understanding before, Mention.During during) {
        Request request = before.request();
        Optional<Condition> old = request.conditions.stream()
                .filter(c -> ColumnKinds.temporal(c.column().column()))
                .findFirst();
        if (old.isEmpty()) {
            new DatesMeant(request, before.context()).during(new Timed(during, List.of(), false));
            return before;
        }
        Condition condition = old.get();
        request.conditions.set(
                request.conditions.indexOf(condition),
                new Condition(
                        condition.column(),
                        during.period()::condition,
                        condition.column() + " " + during.text(),
                        condition.owner()));
        return before;
    }

    private static List<Condition> fresh(Request read, Request request) {
        return read.conditions.stream()
                .filter(c -> request.conditions.stream()
                        .noneMatch(had ->
                                had.column().equals(c.column()) && had.words().equals(c.words())))
                .toList();
    }

    private static void add(Request request, Condition condition) {
        if (request.shareFrom.isPresent()) {
            request.conditions.add(request.shareFrom.getAsInt(), condition);
            request.shareFrom = OptionalInt.of(request.shareFrom.getAsInt() + 1);
            return;
        }
        request.conditions.add(condition);
    }

    /** "more than eleven": of the one figure there is. */
    private Optional<Having> bound(String what, Understanding before) {
        List<Measure> figures = before.request().measures();
        if (figures.size() != 1) {
            return Optional.empty();
        }
        String text = what.replaceFirst("(?i)^(?:with|that have|having|who have|which have)\\s+", "");
        List<Mention> said = reader.mentions(text);
        boolean plain = said.size() == 2 && said.get(0) instanceof Compare && said.get(1) instanceof Mention.Number;
        if (!plain) {
            return Optional.empty();
        }
        Comparison comparison = ((Compare) said.get(0)).comparison();
        BigDecimal number = ((Mention.Number) said.get(1)).value();
        return Optional.of(new Having(figures.get(0), comparison, number));
    }

    /** A piece of a question as one of its own, about the same rows. */
    private Understanding readable(String what, Understanding before, TableDescriptor subject) {
        String noun = nouns.plural(subject);
        String plain = what.replaceFirst("(?i)^(?:the|a|an)\\s+", "");
        List<String> ways = PREPOSITION.matcher(what).matches()
                ? List.of("list " + noun + " " + what, "list " + what)
                : List.of("list " + what, "list " + plain + " " + noun, "list " + noun + " in " + what);
        NotUnderstood last = TurnChange.notUnderstood();
        for (String way : ways) {
            try {
                Understanding read = reader.read(way, before.mentions());
                boolean says = !read.request().conditions.isEmpty()
                        || !read.request().having.isEmpty()
                        || !read.request().absent.isEmpty()
                        || !read.request().orders.isEmpty()
                        || !read.request().required.isEmpty();
                if (read.unexplained().isEmpty() && says) {
                    return read;
                }
            } catch (NotUnderstood e) {
                last = e;
            }
        }
        throw last;
    }
}
