package io.calque.spi.ontology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody wrote down. Tables go by their dotted SQL names, as short as they are unique; texts that are not given are empty.
 * An entry with roles holds for askers of these roles alone, and goes before one without.
 */
public sealed interface OntologyEntry {
    /** Kind and identity: what an edit replaces. Unique in an ontology. */
    String key();

    String name();

    /** Names of the roles it holds for; empty for everybody. */
    List<String> roles();

    /** {@code term}, {@code metric}, ... */
    default String kind() {
        String type = getClass().getSimpleName();
        return type.equals("ValueAlias") ? "value" : type.toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether the two say something of the same, whatever they say. */
    default boolean isAbout(OntologyEntry other) {
        return getClass() == other.getClass() && key().equals(other.key());
    }

    /**
     * What a word means. Just one of {@code means}, {@code column}, {@code where} and {@code table} alone says it.
     *
     * @param means other words for it, which are read in its place
     * @param table what it is said of
     * @param column of the table, or an expression over its columns
     * @param where a condition on the table's rows, which are then what the word names
     * @param time the column of dates that a time said of it means
     */
    record Term(
            String name,
            List<String> synonyms,
            List<String> roles,
            String description,
            String means,
            String table,
            String column,
            String where,
            String time)
            implements OntologyEntry {
        public Term {
            synonyms = Ontology.copy(synonyms);
            roles = Ontology.copy(roles);
            name = text(name);
            description = text(description);
            means = text(means);
            table = text(table);
            column = text(column);
            where = text(where);
            time = text(time);
        }

        @Override
        public String key() {
            return keyed(name, roles);
        }
    }

    /**
     * A figure with a name.
     *
     * @param table whose rows it is computed of: its grain
     * @param sql an aggregate, or arithmetic over aggregates
     * @param time the column of dates that a time said of it means
     * @param unit name of a unit
     */
    record Metric(
            String name,
            List<String> synonyms,
            List<String> roles,
            String description,
            String table,
            String sql,
            String time,
            String unit)
            implements OntologyEntry {
        public Metric {
            synonyms = Ontology.copy(synonyms);
            roles = Ontology.copy(roles);
            name = text(name);
            description = text(description);
            table = text(table);
            sql = text(sql);
            time = text(time);
            unit = text(unit);
        }

        @Override
        public String key() {
            return keyed(name, roles);
        }
    }

    /**
     * What figures are broken down by.
     *
     * @param levels from the coarsest to the finest
     */
    record Dimension(String name, List<String> synonyms, List<String> roles, String description, List<Level> levels)
            implements OntologyEntry {
        public Dimension {
            synonyms = Ontology.copy(synonyms);
            roles = Ontology.copy(roles);
            levels = Ontology.copy(levels);
            name = text(name);
            description = text(description);
        }

        @Override
        public String key() {
            return keyed(name, roles);
        }
    }

    /** A level of a hierarchy. */
    record Level(String name, List<String> synonyms, String table, String column) {
        public Level {
            synonyms = Ontology.copy(synonyms);
            name = text(name);
            table = text(table);
            column = text(column);
        }
    }

    /**
     * What people call a value.
     *
     * @param value as the source spells it
     */
    record ValueAlias(String table, String column, String value, List<String> aliases, List<String> roles)
            implements OntologyEntry {
        public ValueAlias {
            aliases = Ontology.copy(aliases);
            roles = Ontology.copy(roles);
            table = text(table);
            column = text(column);
            value = text(value);
        }

        @Override
        public String name() {
            return value;
        }

        @Override
        public String key() {
            return keyed(table + "." + column + " " + value, roles);
        }
    }

    /**
     * What numbers of some columns are measured in.
     *
     * @param columns dotted: table and column
     */
    record Unit(String name, List<String> synonyms, List<String> columns) implements OntologyEntry {
        public Unit {
            synonyms = Ontology.copy(synonyms);
            columns = Ontology.copy(columns);
            name = text(name);
        }

        @Override
        public List<String> roles() {
            return List.of();
        }

        @Override
        public String key() {
            return keyed(name, List.of());
        }
    }

    /**
     * Rows of one table that refer to rows of another.
     *
     * @param cardinality {@code many_to_one} or {@code one_to_one}; empty for many to one
     */
    record Relation(
            String name,
            String from,
            List<String> fromColumns,
            String to,
            List<String> toColumns,
            String cardinality,
            String description)
            implements OntologyEntry {
        public Relation {
            fromColumns = Ontology.copy(fromColumns);
            toColumns = Ontology.copy(toColumns);
            name = text(name);
            from = text(from);
            to = text(to);
            cardinality = text(cardinality);
            description = text(description);
        }

        @Override
        public List<String> roles() {
            return List.of();
        }

        @Override
        public String key() {
            return keyed(name.isEmpty() ? from + " " + fromColumns + " " + to + " " + toColumns : name, List.of());
        }
    }

    /** People who ask, as {@code roles} of other entries name them. */
    record Role(String name, List<String> synonyms, String description) implements OntologyEntry {
        public Role {
            synonyms = Ontology.copy(synonyms);
            name = text(name);
            description = text(description);
        }

        @Override
        public List<String> roles() {
            return List.of();
        }

        @Override
        public String key() {
            return keyed(name, List.of());
        }
    }

    /**
     * A question with the plan that somebody said is right.
     *
     * @param plan a plan document, JSON
     * @param by who said so
     * @param at when, ISO 8601
     */
    record Verified(String question, String plan, String by, String at, List<String> roles) implements OntologyEntry {
        public Verified {
            roles = Ontology.copy(roles);
            question = text(question);
            plan = text(plan);
            by = text(by);
            at = text(at);
        }

        @Override
        public String name() {
            return question;
        }

        @Override
        public String key() {
            return keyed(question, roles);
        }
    }

    /**
     * What another tool wrote and nothing here uses; it is kept for that tool.
     *
     * @param at where it stood, as that tool's format says it
     * @param data JSON
     */
    record Extension(String vendor, String at, String data) implements OntologyEntry {
        public Extension {
            vendor = text(vendor);
            at = text(at);
            data = text(data);
        }

        @Override
        public String name() {
            return vendor;
        }

        @Override
        public List<String> roles() {
            return List.of();
        }

        @Override
        public String key() {
            return keyed(vendor + " " + at, List.of());
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String keyed(String name, List<String> roles) {
        String folded = name.toLowerCase(java.util.Locale.ROOT);
        return roles.isEmpty()
                ? folded
                : folded + " for "
                        + roles.stream()
                                .map(r -> r.toLowerCase(java.util.Locale.ROOT))
                                .sorted()
                                .toList();
    }
}
