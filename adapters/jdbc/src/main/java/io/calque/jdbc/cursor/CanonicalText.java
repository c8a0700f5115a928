package io.calque.jdbc.cursor;

import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The text of a value as all sources spell it, from the database's own text of it. Stateless. */
public final class CanonicalText {
    private static final int LONGEST_NUMBER = 60;

    private CanonicalText() {}

    /** Null for NULL and for what is no value of the type: SQLite holds texts in columns of numbers. */
    public static @Nullable String of(@Nullable String text, DataType type, Form form) {
        if (text == null) {
            return null;
        }
        if (type.isNumeric()) {
            return number(text);
        }
        return switch (type.kind()) {
            case VARCHAR -> form == Form.UUID ? text.toLowerCase(Locale.ROOT) : text;
            case DATE -> text.length() >= 10 ? text.substring(0, 10) : text;
            default -> text;
        };
    }

    private static @Nullable String number(String text) {
        if (isPlainInteger(text)) {
            return text;
        }
        if (text.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.signum() == 0) {
                return "0";
            }
            return Math.abs(number.scale()) > LONGEST_NUMBER
                    ? null
                    : number.stripTrailingZeros().toPlainString();
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static boolean isPlainInteger(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        if (text.length() == start || text.charAt(start) == '0' && text.length() > 1) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
