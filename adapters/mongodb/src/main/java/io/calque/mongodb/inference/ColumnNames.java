package io.calque.mongodb.inference;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Names SQL columns after paths of fields. Stateless. */
final class ColumnNames {
    /** The column of an array's table that has elements which are no documents. */
    static final String ELEMENT = "value";

    /** Stands for a field whose name is empty: SQL has no empty names, and no other name has a single backslash before an e. */
    private static final String EMPTY = "\\empty";

    private ColumnNames() {}

    /** Steps joined by dots; a dot or backslash inside a field's name is escaped by a backslash, no name at all is {@code \\empty}. */
    static String of(List<String> path) {
        return path.stream()
                .map(step -> step.isEmpty() ? EMPTY : step.replace("\\", "\\\\").replace(".", "\\."))
                .collect(Collectors.joining("."));
    }

    /** A name for a key that no field of the table has, in any case: underscores are put before it until it is free. */
    static String free(String wanted, Set<String> takenLowerCase) {
        String name = wanted;
        while (takenLowerCase.contains(name.toLowerCase(Locale.ROOT))) {
            name = "_" + name;
        }
        takenLowerCase.add(name.toLowerCase(Locale.ROOT));
        return name;
    }
}
