package io.calque.spi.catalog;

import java.util.List;

/**
 * A table that SQL sees otherwise than its source has it.
 *
 * @param observed as the source has it, which is what its adapter reads; keys include the ones that a user declared
 * @param shown as SQL sees it
 * @param origins for each shown column, where in {@code observed} its values come from
 */
public record OverriddenTable(TableDescriptor observed, TableDescriptor shown, List<Origin> origins) {
    public OverriddenTable {
        origins = List.copyOf(origins);
        if (origins.size() != shown.columns().size()) {
            throw new IllegalArgumentException("columns of " + shown.name() + " have no origin");
        }
    }

    /** Where the values of a shown column come from. */
    public sealed interface Origin {}

    /**
     * One observed column, cast to the shown type.
     *
     * @param position from 0
     */
    public record FromColumn(int position) implements Origin {}

    /** Several nested columns, as one JSON document. */
    public record FromMembers(List<Member> members) implements Origin {
        public FromMembers {
            members = List.copyOf(members);
        }
    }

    /**
     * @param path names within the document
     * @param position of the observed column, from 0
     */
    public record Member(List<String> path, int position) {
        public Member {
            path = List.copyOf(path);
        }
    }
}
