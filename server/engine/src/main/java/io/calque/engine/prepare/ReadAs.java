package io.calque.engine.prepare;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.OverriddenTable;
import io.calque.spi.catalog.OverriddenTable.FromColumn;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A column that an override reads as another type than its source has. Immutable.
 *
 * @param column as its source names it, with its table
 */
public record ReadAs(String column, DataType from, DataType to) {
    /** What a value that does not convert is called. */
    private static final Set<ErrorCode> OF_CASTS = EnumSet.of(
            ErrorCode.INVALID_CAST,
            ErrorCode.NUMERIC_OUT_OF_RANGE,
            ErrorCode.INVALID_DATETIME,
            ErrorCode.DATETIME_OUT_OF_RANGE);

    static List<ReadAs> of(OverriddenTable table) {
        List<ReadAs> found = new ArrayList<>();
        for (int i = 0; i < table.origins().size(); i++) {
            if (table.origins().get(i) instanceof FromColumn origin) {
                ColumnDescriptor observed = table.observed().columns().get(origin.position());
                DataType shown = table.shown().columns().get(i).type();
                if (!observed.type().equals(shown)) {
                    found.add(new ReadAs(table.observed().name() + "." + observed.name(), observed.type(), shown));
                }
            }
        }
        return found;
    }

    /** The failure, with the overrides that may be to blame named. */
    public static QueryException blamed(QueryException failure, List<ReadAs> readAs) {
        if (readAs.isEmpty() || !OF_CASTS.contains(failure.code())) {
            return failure;
        }
        String message = String.valueOf(failure.getMessage());
        List<ReadAs> likely = readAs.stream()
                .filter(r -> message.contains(r.to().kind().name()))
                .toList();
        List<String> names = (likely.isEmpty() ? readAs : likely)
                .stream()
                        .map(r -> r.column() + " (" + r.from() + " as " + r.to() + ")")
                        .toList();
        return new QueryException(
                failure.code(),
                message + ". The statement reads " + String.join(", ", names)
                        + " by an override of the type; 'calque registry override' shows and resets it",
                failure);
    }
}
