package io.calque.engine.names;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One item of a FROM clause.
 *
 * @param alias under which the validator knows it
 * @param qualifiers all dotted spellings that a column reference may put before the column, folded to lower case
 * @param columns its column names; empty when they cannot be told before validation
 * @param key columns without NULL that no two rows share, of a table with a primary key
 */
record Relation(String alias, List<String> qualifiers, Optional<List<String>> columns, Optional<List<String>> key) {
    Relation {
        qualifiers = List.copyOf(qualifiers);
    }

    static Relation aliased(String alias, Optional<List<String>> columns) {
        return new Relation(alias, List.of(alias.toLowerCase(Locale.ROOT)), columns, Optional.empty());
    }

    /**
     * The column spelled exactly so, else the only one that differs in case.
     *
     * @throws QueryException COLUMN_AMBIGUOUS when several differ only in case
     */
    Optional<String> column(String written) {
        List<String> names = columns.orElse(List.of());
        if (names.contains(written)) {
            return Optional.of(written);
        }
        List<String> similar = names.stream().filter(written::equalsIgnoreCase).toList();
        if (similar.size() > 1) {
            throw new QueryException(
                    ErrorCode.COLUMN_AMBIGUOUS,
                    "Column '" + written + "' is ambiguous: " + alias + " has "
                            + String.join(
                                    ", ",
                                    similar.stream().map(n -> '"' + n + '"').toList())
                            + ". Quote the one you mean");
        }
        return similar.stream().findFirst();
    }
}
