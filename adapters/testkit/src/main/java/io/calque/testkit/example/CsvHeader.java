package io.calque.testkit.example;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.type.DataType;
import io.calque.spi.type.DataTypeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first record of a file: {@code name:TYPE} for each column, {@code name:TYPE:KEY} for the one that identifies a row.
 * Immutable.
 *
 * @param key a column of {@code columns}; empty where rows may repeat
 */
record CsvHeader(List<ColumnDescriptor> columns, Optional<String> key) {
    CsvHeader {
        columns = List.copyOf(columns);
    }

    static CsvHeader read(CsvReader reader, CsvFolder folder, String table) {
        List<ColumnDescriptor> columns = new ArrayList<>();
        Optional<String> key = Optional.empty();
        try {
            for (String cell : reader.next().orElse(List.of())) {
                String[] parts = cell == null ? new String[0] : cell.split(":", 3);
                if (parts.length < 2) {
                    throw invalid(folder, table, "'" + cell + "' is not name:TYPE", null);
                }
                boolean identifies = parts.length == 3 && parts[2].equals("KEY");
                DataType type = DataTypeText.parse(parts[1]);
                columns.add(ColumnDescriptor.of(
                        parts[0],
                        type,
                        parts[1],
                        identifies ? ColumnDescriptor.Nullability.NOT_NULL : ColumnDescriptor.Nullability.NULLABLE));
                key = identifies ? Optional.of(parts[0]) : key;
            }
            return new CsvHeader(columns, key);
        } catch (IOException e) {
            throw invalid(folder, table, "it cannot be read", e);
        }
    }

    private static QueryException invalid(
            CsvFolder folder, String table, String problem, @org.jspecify.annotations.Nullable Throwable cause) {
        return new QueryException(
                ErrorCode.SOURCE_READ_FAILED,
                "Source '" + folder.source() + "': the header of " + table + ".csv is wrong: " + problem,
                cause);
    }
}
