package io.calque.spi.catalog;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person said of an object, apart from what its source says: an override, a tag or an owner. It stays when the source is
 * introspected again, and also when its object is gone.
 *
 * @param label the tag for TAG; empty for every other aspect
 * @param value what is said, in the form that {@link Aspect} tells
 * @param revision the registry version that brought it; an update must name it
 * @param changedBy who said it
 * @param problem why it has no effect now, for people; empty when it has
 */
public record Annotation(
        Target target,
        Aspect aspect,
        String label,
        String value,
        long revision,
        String changedBy,
        Instant changedAt,
        Optional<String> problem) {

    /** By object, aspect and tag. */
    public static final Comparator<Annotation> BY_TARGET = Comparator.comparing(Annotation::target)
            .thenComparing(Annotation::aspect)
            .thenComparing(Annotation::label);

    /** Whether the two speak of the same thing, whatever they say. */
    public boolean isAbout(Annotation other) {
        return target.equals(other.target) && aspect == other.aspect && label.equals(other.label);
    }

    public Annotation withProblem(String reason) {
        return new Annotation(target, aspect, label, value, revision, changedBy, changedAt, Optional.of(reason));
    }

    /** What it says something about. */
    public enum Aspect {
        /** Of a column: the engine type to read it as, as SQL spells it. */
        TYPE,
        /** Of a table or column: the name that SQL uses instead of the source's. */
        NAME,
        /** Of a table or column: {@code true} when SQL does not see it. */
        HIDDEN,
        /** Of a table or column: a comment instead of the source's. */
        COMMENT,
        /** Of a table: the columns of its primary key, a JSON list of the source's names. */
        KEY,
        /** Of a prefix of nested columns: {@code json} to show them as one document instead of one by one. */
        NESTING,
        /** Of anything: a word to find it by, with a value that may be empty. */
        TAG,
        /** Of anything: the person or team to ask. */
        OWNER;

        /** Whether it replaces something the source says. */
        public boolean isOverride() {
            return this != TAG && this != OWNER;
        }
    }

    /**
     * A source, a table of it or a column of that, each by the name its introspection gave, which an override does not change.
     *
     * @param table empty for the source itself
     * @param column empty for the table itself; for NESTING a prefix of column names
     */
    public record Target(SourceId source, Optional<TableName> table, Optional<String> column)
            implements Comparable<Target> {
        private static final Comparator<Target> ORDER = Comparator.comparing(Target::source)
                .thenComparing(t -> t.table.map(TableName::schema).orElse(""))
                .thenComparing(t -> t.table.map(TableName::table).orElse(""))
                .thenComparing(t -> t.column.orElse(""));

        public Target {
            if (table.isPresent() && !table.get().source().equals(source) || table.isEmpty() && column.isPresent()) {
                throw new IllegalArgumentException("no object of " + source);
            }
        }

        public static Target of(SourceId source) {
            return new Target(source, Optional.empty(), Optional.empty());
        }

        public static Target of(TableName table) {
            return new Target(table.source(), Optional.of(table), Optional.empty());
        }

        public static Target of(TableName table, String column) {
            return new Target(table.source(), Optional.of(table), Optional.of(column));
        }

        @Override
        public int compareTo(Target other) {
            return ORDER.compare(this, other);
        }

        /** For people: the names with dots between them. */
        @Override
        public String toString() {
            return Stream.of(
                            Stream.of(source.value()),
                            table.stream().flatMap(t -> Stream.of(t.schema(), t.table())),
                            column.stream())
                    .flatMap(Function.identity())
                    .collect(Collectors.joining("."));
        }
    }
}
