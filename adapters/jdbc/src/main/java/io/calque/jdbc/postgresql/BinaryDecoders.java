package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.Decoding;
import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.jdbc.cursor.Values;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.source.NativeQuery.Column;
import io.calque.spi.type.DataType;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ByteConverter;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * The same values out of PostgreSQL's binary format that {@link PostgresDecoders} gives out of its texts. Only for pairs of types where
 * that is certain: a query with any other column is read as text.
 */
final class BinaryDecoders {
    private BinaryDecoders() {}

    /**
     * One a column.
     *
     * @param given what the server says that it will send
     * @return empty when some column has no decoder
     */
    static Optional<List<BinaryDecoder>> of(SqlQuery query, ResultSetMetaData given) throws SQLException {
        if (given.getColumnCount() != query.columns().size()) {
            return Optional.empty();
        }
        List<BinaryDecoder> decoders = new ArrayList<>();
        for (int i = 0; i < query.columns().size(); i++) {
            BinaryDecoder decoder = of(
                    query.columns().get(i),
                    query.decodings().get(i),
                    given.getColumnType(i + 1),
                    given.getColumnClassName(i + 1));
            if (decoder == null) {
                return Optional.empty();
            }
            decoders.add(decoder);
        }
        return decoders.isEmpty() ? Optional.empty() : Optional.of(decoders);
    }

    private static @Nullable BinaryDecoder of(Column column, Decoding decoding, int given, String javaClass) {
        DataType type = column.type();
        String label = decoding.label();
        return switch (type.kind()) {
            case BOOLEAN -> given == Types.BIT ? BinaryDecoders::bool : null;
            case SMALLINT, INTEGER, BIGINT -> isInteger(given) ? integer(type, label, given) : null;
            case REAL -> given == Types.REAL ? BinaryDecoders::real : null;
            case DOUBLE -> given == Types.DOUBLE && decoding.form() != Form.MONEY ? BinaryDecoders::doubled : null;
            case DECIMAL -> given == Types.NUMERIC ? new BinaryNumeric(type, label) : null;
            case VARCHAR -> text(decoding.form(), given, javaClass);
            case VARBINARY -> given == Types.BINARY ? BinaryDecoders::binary : null;
            case DATE -> given == Types.DATE ? BinaryTimes.date(type, label) : null;
            case TIME -> given == Types.TIME ? BinaryTimes.time(type, label) : null;
            case TIMESTAMP, TIMESTAMP_TZ -> given == Types.TIMESTAMP ? BinaryTimes.timestamp(type, label) : null;
            case ARRAY -> null;
        };
    }

    private static boolean isInteger(int given) {
        return given == Types.SMALLINT || given == Types.INTEGER || given == Types.BIGINT;
    }

    /** The length tells types apart that JDBC does not. */
    static void requireLength(int given, int wanted) throws SQLException {
        if (given != wanted) {
            throw new PSQLException(
                    "a value of " + given + " bytes came where " + wanted + " were announced",
                    PSQLState.PROTOCOL_VIOLATION);
        }
    }

    private static void bool(byte[] data, int at, int length, ColumnBuilder out) throws SQLException {
        requireLength(length, 1);
        out.appendBoolean(data[at] != 0);
    }

    /** A source may compute wider than the type it is declared with; what does not fit is an error here as it would be in the engine. */
    private static BinaryDecoder integer(DataType type, String label, int given) {
        long least = switch (type.kind()) {
            case SMALLINT -> Short.MIN_VALUE;
            case INTEGER -> Integer.MIN_VALUE;
            default -> Long.MIN_VALUE;
        };
        long most = -(least + 1);
        return (data, at, length, out) -> {
            long value;
            switch (length) {
                case Short.BYTES -> value = ByteConverter.int2(data, at);
                // what JDBC calls a BIGINT and has four bytes is an oid, which has no sign
                case Integer.BYTES ->
                    value = given == Types.BIGINT
                            ? Integer.toUnsignedLong(ByteConverter.int4(data, at))
                            : ByteConverter.int4(data, at);
                default -> {
                    requireLength(length, Long.BYTES);
                    value = ByteConverter.int8(data, at);
                }
            }
            if (value < least || value > most) {
                throw Values.outOfRange(label, Long.toString(value), type);
            }
            out.appendLong(value);
        };
    }

    private static void real(byte[] data, int at, int length, ColumnBuilder out) throws SQLException {
        requireLength(length, Float.BYTES);
        out.appendDouble(ByteConverter.float4(data, at) + 0.0d);
    }

    private static void doubled(byte[] data, int at, int length, ColumnBuilder out) throws SQLException {
        requireLength(length, Double.BYTES);
        // PostgreSQL groups and compares -0 and 0 as one value; adding zero makes them one here too.
        out.appendDouble(ByteConverter.float8(data, at) + 0.0d);
    }

    private static @Nullable BinaryDecoder text(Form form, int given, String javaClass) {
        if (javaClass.equals(UUID.class.getName())) {
            return BinaryDecoders::uuid;
        }
        if (given == Types.CHAR) {
            // not the type "char", a byte of its own
            return form == Form.PADDED ? BinaryDecoders::padded : null;
        }
        if (given != Types.VARCHAR) {
            return null;
        }
        return form == Form.PADDED ? BinaryDecoders::padded : BinaryDecoders::text;
    }

    private static void text(byte[] data, int at, int length, ColumnBuilder out) {
        out.appendObject(new String(data, at, length, StandardCharsets.UTF_8));
    }

    private static void padded(byte[] data, int at, int length, ColumnBuilder out) {
        int end = length;
        while (end > 0 && data[at + end - 1] == ' ') {
            end--;
        }
        out.appendObject(new String(data, at, end, StandardCharsets.UTF_8));
    }

    private static void uuid(byte[] data, int at, int length, ColumnBuilder out) throws SQLException {
        requireLength(length, 2 * Long.BYTES);
        out.appendObject(new UUID(ByteConverter.int8(data, at), ByteConverter.int8(data, at + Long.BYTES)).toString());
    }

    private static void binary(byte[] data, int at, int length, ColumnBuilder out) {
        out.appendObject(Arrays.copyOfRange(data, at, at + length));
    }
}
