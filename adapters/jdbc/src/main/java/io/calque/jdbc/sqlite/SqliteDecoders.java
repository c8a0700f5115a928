package io.calque.jdbc.sqlite;

import io.calque.jdbc.cursor.Decimals;
import io.calque.jdbc.cursor.Decoding;
import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.jdbc.cursor.Values;
import io.calque.spi.QueryException;
import io.calque.spi.source.NativeQuery.Column;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.sqlite.core.Codes;

/** One decoder for each engine type: SQLite tells each value's own storage class, and one that does not fit is an error. */
final class SqliteDecoders {
    private static final double LARGEST_WHOLE = 9.007199254740992E15;
    private static final double UNIX_EPOCH_JULIAN = 2_440_587.5d;
    private static final double MILLIS_IN_DAY = 86_400_000d;
    /** 0001-01-01T00:00Z and the last millisecond of year 9999. */
    private static final long FIRST_MILLI = -62_135_596_800_000L;

    private static final long LAST_MILLI = 253_402_300_799_999L;

    private SqliteDecoders() {}

    /** What a value of SQLite is to the engine; never asked for NULL. */
    @FunctionalInterface
    private interface Conversion {
        Object of(Object stored);
    }

    static List<SqliteDecoder> of(SqlQuery query) {
        List<SqliteDecoder> decoders = new ArrayList<>();
        for (int i = 0; i < query.columns().size(); i++) {
            decoders.add(of(query.columns().get(i), query.decodings().get(i)));
        }
        return decoders;
    }

    private static SqliteDecoder of(Column column, Decoding decoding) {
        DataType type = column.type();
        String label = decoding.label();
        return switch (type.kind()) {
            case BOOLEAN ->
                (row, i, out) -> {
                    Object stored = row.stored(i);
                    if (stored == null) {
                        out.appendNull();
                    } else {
                        out.appendBoolean(bool(stored, type, label));
                    }
                };
            case SMALLINT, INTEGER, BIGINT ->
                (row, i, out) -> {
                    int storage = row.type(i);
                    if (storage == Codes.SQLITE_INTEGER) {
                        out.appendLong(fitting(row.integer(i), type, label));
                    } else if (storage == Codes.SQLITE_NULL) {
                        out.appendNull();
                    } else {
                        out.appendLong(integer(Objects.requireNonNull(row.stored(i)), type, label));
                    }
                };
            case REAL, DOUBLE ->
                (row, i, out) -> {
                    int storage = row.type(i);
                    if (storage == Codes.SQLITE_FLOAT || storage == Codes.SQLITE_INTEGER) {
                        out.appendDouble((storage == Codes.SQLITE_FLOAT ? row.real(i) : row.integer(i)) + 0.0d);
                    } else if (storage == Codes.SQLITE_NULL) {
                        out.appendNull();
                    } else {
                        throw invalid(label, Objects.requireNonNull(row.stored(i)), type);
                    }
                };
            case DECIMAL -> objects(decimals(type, decoding));
            case VARCHAR -> objects(texts(type, decoding));
            case VARBINARY ->
                objects(stored -> {
                    if (stored instanceof byte[]) {
                        return stored;
                    }
                    throw invalid(label, stored, type);
                });
            case DATE ->
                longs(stored -> stored instanceof String text
                        ? SqliteTimes.days(text).orElseThrow(() -> invalid(label, stored, type))
                        : days(instant(stored, type, decoding), stored, type, label));
            case TIME ->
                longs(stored -> {
                    OptionalLong time = stored instanceof String text ? SqliteTimes.ofDay(text) : OptionalLong.empty();
                    return time.orElseThrow(() -> invalid(label, stored, type));
                });
            case TIMESTAMP, TIMESTAMP_TZ -> longs(stored -> instant(stored, type, decoding));
            case ARRAY -> throw new IllegalArgumentException("SQLite has no arrays");
        };
    }

    private static SqliteDecoder objects(Conversion conversion) {
        return (row, i, out) -> {
            Object stored = row.stored(i);
            out.append(stored == null ? null : conversion.of(stored));
        };
    }

    @FunctionalInterface
    private interface LongConversion {
        long of(Object stored);
    }

    private static SqliteDecoder longs(LongConversion conversion) {
        return (row, i, out) -> {
            Object stored = row.stored(i);
            if (stored == null) {
                out.appendNull();
                return;
            }
            out.appendLong(conversion.of(stored));
        };
    }

    private static boolean bool(Object stored, DataType type, String label) {
        if (stored instanceof Number number && (number.doubleValue() == 0 || number.doubleValue() == 1)) {
            return number.doubleValue() == 1;
        }
        throw invalid(label, stored, type);
    }

    private static long integer(Object stored, DataType type, String label) {
        long value;
        if (stored instanceof Long whole) {
            value = whole;
        } else if (stored instanceof Double real && real == Math.rint(real) && Math.abs(real) <= LARGEST_WHOLE) {
            value = real.longValue();
        } else {
            throw invalid(label, stored, type);
        }
        return fitting(value, type, label);
    }

    private static long fitting(long value, DataType type, String label) {
        boolean fits = switch (type.kind()) {
            case SMALLINT -> value == (short) value;
            case INTEGER -> value == (int) value;
            default -> true;
        };
        if (!fits) {
            throw Values.outOfRange(label, Long.toString(value), type);
        }
        return value;
    }

    /** A double is the decimal that its shortest text says, rounded half up at the column's scale. */
    private static Conversion decimals(DataType type, Decoding decoding) {
        int scale = type.scale();
        double power = Math.pow(10, scale);
        String label = decoding.label();
        return stored -> {
            if (stored instanceof Long whole) {
                return Decimals.fit(BigDecimal.valueOf(whole), type, label);
            }
            if (stored instanceof Double real && !real.isInfinite()) {
                long scaled = Math.round(real * power);
                // Most doubles are the nearest one to a short decimal: then no text is needed to find it.
                boolean nearest = scale <= 6 && Math.abs(real) < 1e8 && scaled / power == real;
                BigDecimal value = nearest
                        ? BigDecimal.valueOf(scaled, scale)
                        : BigDecimal.valueOf(real).setScale(scale, RoundingMode.HALF_UP);
                return Decimals.fit(value, type, label);
            }
            if (stored instanceof String text && decoding.form() == Form.NATIVE) {
                return Decimals.fit(parsed(text, type, label), type, label);
            }
            throw invalid(label, stored, type);
        };
    }

    private static BigDecimal parsed(String text, DataType type, String label) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw invalid(label, text, type);
        }
    }

    /** SQLite's own functions stop at a NUL, so a text with one has no meaning that both sides share. */
    private static Conversion texts(DataType type, Decoding decoding) {
        return stored -> {
            boolean usable = stored instanceof String text && text.indexOf('\0') < 0;
            if (usable) {
                return stored;
            }
            if (decoding.form() == Form.NATIVE && stored instanceof Number) {
                return stored.toString();
            }
            throw invalid(decoding.label(), stored, type);
        };
    }

    private static long days(long millis, Object stored, DataType type, String label) {
        if (Math.floorMod(millis, (long) MILLIS_IN_DAY) != 0) {
            throw invalid(label, stored, type);
        }
        return Math.floorDiv(millis, (long) MILLIS_IN_DAY);
    }

    private static long instant(Object stored, DataType type, Decoding decoding) {
        String label = decoding.label();
        OptionalLong millis = switch (decoding.form()) {
            case UNIX_SECONDS ->
                stored instanceof Number n && Math.abs(n.doubleValue()) < 1e12
                        ? OptionalLong.of(thousandfold(n))
                        : OptionalLong.empty();
            case UNIX_MILLIS ->
                stored instanceof Number n && Math.abs(n.doubleValue()) < 1e15
                        ? OptionalLong.of((long) Math.floor(n.doubleValue()))
                        : OptionalLong.empty();
            case JULIAN_DAY ->
                stored instanceof Number n && Math.abs(n.doubleValue()) < 1e8
                        ? OptionalLong.of(Math.round((n.doubleValue() - UNIX_EPOCH_JULIAN) * MILLIS_IN_DAY))
                        : OptionalLong.empty();
            default -> stored instanceof String text ? SqliteTimes.millis(text) : OptionalLong.empty();
        };
        long value = millis.orElseThrow(() -> invalid(label, stored, type));
        if (value < FIRST_MILLI || value > LAST_MILLI) {
            throw Values.outsideCalendar(label, String.valueOf(stored), type);
        }
        return value;
    }

    /** By the decimal text of a double: multiplying it would lose a millisecond now and then. */
    private static long thousandfold(Number seconds) {
        return new BigDecimal(seconds.toString())
                .movePointRight(3)
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }

    private static QueryException invalid(String label, Object stored, DataType type) {
        String shown =
                stored instanceof byte[] bytes ? "x'" + HexFormat.of().formatHex(bytes) + "'" : stored.toString();
        return Values.invalid(label, shown, type);
    }
}
