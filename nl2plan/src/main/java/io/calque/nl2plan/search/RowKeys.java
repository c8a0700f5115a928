package io.calque.nl2plan.search;

import io.calque.spi.catalog.TableDescriptor;
import java.util.List;

/** By which columns rows are told apart: some sources know no primary keys, or allow them to be empty, and only say what is unique. Stateless. */
public final class RowKeys {
    private RowKeys() {}

    /** The primary key; where none is declared, the one column that is unique; empty where there is none. */
    public static List<String> of(TableDescriptor table) {
        return table.primaryKey()
                .map(k -> k.columns())
                .or(() -> table.uniqueKeys().stream()
                        .map(k -> k.columns())
                        .filter(k -> k.size() == 1)
                        .findFirst())
                .orElse(List.of());
    }
}
