package io.calque.testkit.fuzz;

import java.util.List;

/** What stands in FROM. Immutable. */
public sealed interface From extends Part {
    /** A table under a name of its own. */
    record Named(FuzzTable table, String alias) implements From {
        @Override
        public void spell(Spelling spelling) {
            spelling.add(spelling.isReference() ? table.referenceName() : table.name())
                    .add(" " + alias);
        }
    }

    /**
     * A subquery under a name.
     */
    record Derived(Query query, String alias) implements From {
        @Override
        public void spell(Spelling spelling) {
            spelling.add("(").add(query).add(") " + alias);
        }
    }

    /** Two of them; the condition of a cross join is not spelled. */
    record Joined(Kind kind, From left, From right, Expr condition) implements From {
        @Override
        public void spell(Spelling spelling) {
            spelling.add(left).add(" " + kind.words() + " ").add(right);
            if (kind != Kind.CROSS) {
                spelling.add(" ON ").add(condition);
            }
        }
    }

    /** Kinds of joins that have a word of their own; semi-joins and anti-joins are conditions. */
    enum Kind {
        INNER("JOIN"),
        LEFT("LEFT JOIN"),
        RIGHT("RIGHT JOIN"),
        FULL("FULL JOIN"),
        CROSS("CROSS JOIN");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        static final List<Kind> OUTER = List.of(LEFT, RIGHT, FULL);
    }
}
