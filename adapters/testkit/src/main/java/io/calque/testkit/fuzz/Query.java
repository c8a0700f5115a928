package io.calque.testkit.fuzz;

import java.util.List;
import java.util.Optional;

/** A query. Immutable. */
public sealed interface Query extends Part {
    /** Families of the columns. */
    List<Family> families();

    Tail tail();

    Query withTail(Tail tail);

    /**
     * ORDER BY, LIMIT and OFFSET.
     *
     * @param limit -1 for none
     * @param offset 0 for none
     * @param total whether the keys leave no two different rows in the order of chance
     */
    record Tail(List<Key> keys, int limit, int offset, boolean total) {
        public static final Tail NONE = new Tail(List.of(), -1, 0, false);

        public Tail {
            keys = List.copyOf(keys);
        }

        void spell(Spelling spelling) {
            for (int i = 0; i < keys.size(); i++) {
                spelling.add(i == 0 ? " ORDER BY " : ", ")
                        .add(keys.get(i).expression())
                        .add(keys.get(i).direction());
            }
            if (limit >= 0) {
                spelling.add(" LIMIT " + limit);
            }
            if (offset > 0) {
                spelling.add(" OFFSET " + offset);
            }
        }
    }

    /**
     * A sort key.
     *
     * @param ordinal of the output column, from 1; 0 for an expression that the answer does not show
     * @param direction what follows the expression
     */
    record Key(Expr expression, int ordinal, String direction) {}

    /** How GROUP BY lists its keys. */
    enum Grouping {
        PLAIN,
        ROLLUP,
        CUBE,
        /** Each key alone, all of them, and the empty set. */
        SETS
    }

    /**
     * SELECT.
     *
     * @param grouped whether it aggregates, also without keys
     */
    record Select(
            boolean distinct,
            List<Expr> items,
            From from,
            Optional<Expr> where,
            boolean grouped,
            List<Expr> groupBy,
            Grouping grouping,
            Optional<Expr> having,
            Tail tail)
            implements Query {
        public Select {
            items = List.copyOf(items);
            groupBy = List.copyOf(groupBy);
        }

        @Override
        public List<Family> families() {
            return items.stream().map(Expr::family).toList();
        }

        @Override
        public Query withTail(Tail other) {
            return new Select(distinct, items, from, where, grouped, groupBy, grouping, having, other);
        }

        @Override
        public void spell(Spelling spelling) {
            spelling.add(distinct ? "SELECT DISTINCT " : "SELECT ");
            for (int i = 0; i < items.size(); i++) {
                spelling.add(i == 0 ? "" : ", ").add(items.get(i)).add(" AS o" + (i + 1));
            }
            spelling.add(" FROM ").add(from);
            where.ifPresent(condition -> spelling.add(" WHERE ").add(condition));
            if (!groupBy.isEmpty()) {
                spelling.add(" GROUP BY ");
                spellGrouping(spelling);
            }
            having.ifPresent(condition -> spelling.add(" HAVING ").add(condition));
            tail.spell(spelling);
        }

        private void spellGrouping(Spelling spelling) {
            switch (grouping) {
                case PLAIN -> spelling.list(groupBy);
                case ROLLUP -> spelling.add("ROLLUP (").list(groupBy).add(")");
                case CUBE -> spelling.add("CUBE (").list(groupBy).add(")");
                case SETS -> {
                    spelling.add("GROUPING SETS ((").list(groupBy).add(")");
                    groupBy.forEach(key -> spelling.add(", (").add(key).add(")"));
                    spelling.add(", ())");
                }
            }
        }
    }

    /**
     * Two queries as one.
     *
     * @param operator UNION, INTERSECT, EXCEPT, with or without ALL
     */
    record SetOperation(String operator, Query left, Query right, Tail tail) implements Query {
        @Override
        public List<Family> families() {
            return left.families();
        }

        @Override
        public Query withTail(Tail other) {
            return new SetOperation(operator, left, right, other);
        }

        @Override
        public void spell(Spelling spelling) {
            spelling.add("(").add(left).add(") " + operator + " (").add(right).add(")");
            tail.spell(spelling);
        }
    }
}
