package io.calque.spi.type;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text form of a {@link DataType}: the inverse of its {@code toString}. */
public final class DataTypeText {
    private static final Pattern DECIMAL =
            Pattern.compile("(?:DECIMAL|NUMERIC)\\s*(?:\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\))?");

    private DataTypeText() {}

    /**
     * @param text any case, for example {@code decimal(15, 2)} or {@code BIGINT ARRAY}
     * @throws QueryException INVALID_PARAMETER when the text names no type
     */
    public static DataType parse(String text) {
        String spelled = text.trim().toUpperCase(Locale.ROOT);
        if (spelled.endsWith(" ARRAY")) {
            return DataType.array(parse(spelled.substring(0, spelled.length() - " ARRAY".length())));
        }
        Matcher decimal = DECIMAL.matcher(spelled);
        if (decimal.matches()) {
            int precision = decimal.group(1) == null ? DataType.MAX_PRECISION : Integer.parseInt(decimal.group(1));
            int scale = decimal.group(2) == null ? 0 : Integer.parseInt(decimal.group(2));
            return DataType.decimal(precision, scale);
        }
        return switch (spelled) {
            case "BOOLEAN" -> DataType.BOOLEAN;
            case "SMALLINT" -> DataType.SMALLINT;
            case "INTEGER", "INT" -> DataType.INTEGER;
            case "BIGINT" -> DataType.BIGINT;
            case "REAL" -> DataType.REAL;
            case "DOUBLE", "DOUBLE PRECISION" -> DataType.DOUBLE;
            case "VARCHAR", "TEXT" -> DataType.VARCHAR;
            case "VARBINARY" -> DataType.VARBINARY;
            case "DATE" -> DataType.DATE;
            case "TIME" -> DataType.TIME;
            case "TIMESTAMP" -> DataType.TIMESTAMP;
            case "TIMESTAMP WITH LOCAL TIME ZONE", "TIMESTAMP_TZ" -> DataType.TIMESTAMP_TZ;
            default -> throw new QueryException(ErrorCode.INVALID_PARAMETER, "'" + text + "' names no type");
        };
    }
}
