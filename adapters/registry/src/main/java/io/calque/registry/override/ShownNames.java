package io.calque.registry.override;

import io.calque.spi.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From the names of the sources to the names that SQL sees. Filled by one thread, then only read. */
final class ShownNames {
    private final Map<TableName, TableName> tables = new HashMap<>();
    /** Only columns that are not shown under their own name; empty for a column that is not shown at all. */
    private final Map<TableName, Map<String, Optional<String>>> columns = new HashMap<>();

    void rename(TableName observed, TableName shown) {
        tables.put(observed, shown);
    }

    void column(TableName table, String observed, Optional<String> shown) {
        columns.computeIfAbsent(table, t -> new HashMap<>()).put(observed, shown);
    }

    TableName table(TableName observed) {
        return tables.getOrDefault(observed, observed);
    }

    Optional<String> column(TableName table, String observed) {
        return columns.getOrDefault(table, Map.of()).getOrDefault(observed, Optional.of(observed));
    }

    /** Empty when one of them is not shown. */
    Optional<List<String>> columns(TableName table, List<String> observed) {
        List<String> shown = new ArrayList<>();
        for (String name : observed) {
            column(table, name).ifPresent(shown::add);
        }
        return shown.size() == observed.size() ? Optional.of(shown) : Optional.empty();
    }

    boolean isEmpty() {
        return tables.isEmpty() && columns.isEmpty();
    }
}
