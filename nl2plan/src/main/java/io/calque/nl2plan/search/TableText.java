package io.calque.nl2plan.search;

import io.calque.spi.TableName;
import java.util.List;

/**
 * A table as it is indexed. Immutable.
 *
 * @param names the table's own, then its columns'
 */
record TableText(TableName table, List<NameText> names) {
    TableText {
        names = List.copyOf(names);
    }

    /** Equal for tables that are indexed alike. */
    String fingerprint() {
        return Fingerprint.of(names.stream()
                .map(n -> n.column() + "\u0001" + n.phrase() + "\u0001" + String.join(" ", n.stems()) + "\u0001"
                        + String.join(" ", n.comment()))
                .toList());
    }

    /** How the index calls a table. */
    static String key(TableName table) {
        return String.join("\u001f", table.path());
    }
}
