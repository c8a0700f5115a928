package io.calque.jdbc.sqlite;

import io.calque.jdbc.cursor.Form;
import io.calque.spi.type.DataType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which engine type, and which form, a declared type is read as.
 *
 * <p>SQLite, "Datatypes In SQLite", section 3.1: a declared type is any words, of which a few decide the affinity.
 */
final class SqliteTypes {
    /** Where a number has no declared scale. */
    static final int UNDECLARED_SCALE = 10;

    private static final Pattern ARGUMENTS = Pattern.compile("\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\)");

    private SqliteTypes() {}

    record Reading(DataType type, Form form) {}

    /** Empty when nothing is declared: then only the values can tell. */
    static Optional<Reading> of(String declared) {
        String name = declared.toUpperCase(Locale.ROOT).replaceAll("\\(.*", "").strip();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(named(name, declared));
    }

    private static Reading named(String name, String declared) {
        if (name.startsWith("BOOL")) {
            return new Reading(DataType.BOOLEAN, Form.PLAIN);
        }
        if (name.contains("TIMESTAMPTZ") || name.contains("WITH TIME ZONE")) {
            return new Reading(DataType.TIMESTAMP_TZ, Form.ISO_TEXT);
        }
        if (name.contains("DATETIME") || name.contains("TIMESTAMP")) {
            return new Reading(DataType.TIMESTAMP, Form.ISO_TEXT);
        }
        if (name.equals("DATE")) {
            return new Reading(DataType.DATE, Form.ISO_TEXT);
        }
        if (name.equals("TIME")) {
            return new Reading(DataType.TIME, Form.ISO_TEXT);
        }
        if (name.contains("INT")) {
            // Any integer column holds 64 bits, whatever width it declares.
            return new Reading(DataType.BIGINT, Form.PLAIN);
        }
        if (name.contains("CHAR") || name.contains("CLOB") || name.contains("TEXT")) {
            return new Reading(DataType.VARCHAR, Form.PLAIN);
        }
        if (name.contains("BLOB") || name.contains("BINARY")) {
            return new Reading(DataType.VARBINARY, Form.PLAIN);
        }
        if (name.contains("REAL") || name.contains("FLOA") || name.contains("DOUB")) {
            return new Reading(DataType.DOUBLE, Form.PLAIN);
        }
        if (name.contains("DEC") || name.contains("NUM") || name.contains("MONEY") || name.contains("CURRENCY")) {
            return new Reading(decimal(declared), Form.ROUNDED);
        }
        // Numeric affinity: what looks like a number is one, so only the text form is common to all values.
        return new Reading(DataType.VARCHAR, Form.NATIVE);
    }

    private static DataType decimal(String declared) {
        Matcher arguments = ARGUMENTS.matcher(declared);
        if (!arguments.find()) {
            return DataType.decimal(DataType.MAX_PRECISION, UNDECLARED_SCALE);
        }
        int scale =
                arguments.group(2) == null ? 0 : Math.min(DataType.MAX_PRECISION, Integer.parseInt(arguments.group(2)));
        int precision = Math.min(DataType.MAX_PRECISION, Integer.parseInt(arguments.group(1)));
        return DataType.decimal(Math.max(1, Math.max(precision, scale)), scale);
    }

    /**
     * What values of no declared type are read as.
     *
     * @param classes the storage classes seen, as {@code typeof} names them, without {@code null}
     */
    static Reading observed(Set<String> classes) {
        if (classes.equals(Set.of("integer"))) {
            return new Reading(DataType.BIGINT, Form.PLAIN);
        }
        if (!classes.isEmpty() && Set.of("integer", "real").containsAll(classes)) {
            return new Reading(DataType.DOUBLE, Form.PLAIN);
        }
        if (classes.equals(Set.of("blob"))) {
            return new Reading(DataType.VARBINARY, Form.PLAIN);
        }
        return classes.equals(Set.of("text"))
                ? new Reading(DataType.VARCHAR, Form.PLAIN)
                : new Reading(DataType.VARCHAR, Form.NATIVE);
    }

    /** The form that a column's option {@code storage.*} names. */
    static Optional<Form> storage(String option) {
        return switch (option.toLowerCase(Locale.ROOT)) {
            case "text" -> Optional.of(Form.ISO_TEXT);
            case "unix" -> Optional.of(Form.UNIX_SECONDS);
            case "unix_ms" -> Optional.of(Form.UNIX_MILLIS);
            case "julian" -> Optional.of(Form.JULIAN_DAY);
            default -> Optional.empty();
        };
    }
}
