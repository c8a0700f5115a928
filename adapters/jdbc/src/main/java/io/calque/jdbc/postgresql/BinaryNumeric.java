package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.Decimals;
import io.calque.jdbc.cursor.Values;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.sql.SQLException;
import org.postgresql.util.ByteConverter;

/**
 * {@code numeric} in PostgreSQL's binary format: digits to the base 10,000, the weight of the first, a sign and a scale for show. What has
 * few digits is put together in a long, at the column's scale. Stateless.
 */
final class BinaryNumeric implements BinaryDecoder {
    private static final int HEADER = 4 * Short.BYTES;
    private static final int BASE = 10_000;
    private static final int BASE_DIGITS = 4;
    private static final int POSITIVE = 0;
    private static final int NEGATIVE = 0x4000;
    private static final int NOT_A_NUMBER = 0xC000;
    private static final int INFINITE = 0xD000;
    /** Digits that a long has room for, whatever they are. */
    private static final int LONG_DIGITS = 18;

    private static final long[] POWERS = new long[LONG_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final DataType type;
    private final String label;
    private final int scale;
    private final long bound;

    BinaryNumeric(DataType type, String label) {
        this.type = type;
        this.label = label;
        this.scale = type.scale();
        this.bound = type.precision() <= LONG_DIGITS ? POWERS[type.precision()] : Long.MAX_VALUE;
    }

    @Override
    public void append(byte[] data, int at, int length, ColumnBuilder out) throws SQLException {
        int digits = ByteConverter.int2(data, at);
        BinaryDecoders.requireLength(length, HEADER + digits * Short.BYTES);
        int weight = ByteConverter.int2(data, at + 2);
        int sign = ByteConverter.int2(data, at + 4) & 0xFFFF;
        if (sign != POSITIVE && sign != NEGATIVE) {
            throw Values.invalid(label, special(sign), type);
        }
        if (digits == 0) {
            out.appendObject(BigDecimal.valueOf(0, scale));
            return;
        }
        if (scale >= 0 && (weight + 1) * BASE_DIGITS + scale <= LONG_DIGITS) {
            long unscaled = 0;
            boolean exact = true;
            // what the last digit counts, in powers of ten at the column's scale
            int power = (weight - digits + 1) * BASE_DIGITS + scale;
            for (int i = 0; i < digits; i++) {
                int digit = ByteConverter.int2(data, at + HEADER + i * Short.BYTES);
                if (i < digits - 1 || power >= 0) {
                    unscaled = unscaled * BASE + digit;
                } else if (power > -BASE_DIGITS) {
                    unscaled = unscaled * POWERS[BASE_DIGITS + power] + digit / POWERS[-power];
                    exact = digit % POWERS[-power] == 0;
                } else {
                    exact = false;
                }
            }
            if (exact && power > 0) {
                unscaled *= POWERS[power];
            }
            if (exact && unscaled < bound) {
                out.appendObject(BigDecimal.valueOf(sign == NEGATIVE ? -unscaled : unscaled, scale));
                return;
            }
        }
        Number value = ByteConverter.numeric(data, at, length);
        if (!(value instanceof BigDecimal number)) {
            throw Values.invalid(label, String.valueOf(value), type);
        }
        out.appendObject(Decimals.fit(number, type, label));
    }

    private static String special(int sign) {
        if (sign == NOT_A_NUMBER) {
            return "NaN";
        }
        return sign == INFINITE ? "Infinity" : "-Infinity";
    }
}
