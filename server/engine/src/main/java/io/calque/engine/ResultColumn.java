package io.calque.engine;

import io.calque.spi.TableName;
import io.calque.spi.type.DataType;
import java.util.Optional;

/**
 * One column of a result.
 *
 * @param label what the client shows
 * @param nullable whether NULL may come
 * @param table where the column comes from unchanged; empty for an expression
 * @param column its name there
 */
public record ResultColumn(
        String label, DataType type, boolean nullable, Optional<TableName> table, Optional<String> column) {
    public ResultColumn labelled(String other) {
        return new ResultColumn(other, type, nullable, table, column);
    }
}
