package io.calque.jdbc.cursor;

import io.calque.spi.catalog.ColumnDescriptor;
import java.util.Locale;

/**
 * How a source holds the values of a column whose engine type alone does not say it. The introspector finds it, the registry keeps
 * it as the column's fact {@link #FACT}, the compiler rewrites by it, and the cursor decodes by it.
 */
public enum Form {
    /** The source's value is the engine's value: it compares, groups and sorts alike. */
    PLAIN,
    /** Text that the source itself orders by code point. */
    BINARY,
    /** PostgreSQL's {@code char(n)}: trailing blanks are not part of the value. */
    PADDED,
    /** Text whose own collation takes different texts for equal. */
    COLLATED,
    /** PostgreSQL's {@code citext}: text that compares without case. */
    CASELESS,
    /** Text in an encoding whose byte order is not the order of code points. */
    UNORDERED,
    /** A timestamp or time with digits beyond milliseconds. */
    FINE,
    /** Read as the source's own text form, but not text there: json, inet, enumerations, ranges, intervals. */
    NATIVE,
    /** Read through a cast to the engine type at the source: any type as its text, an unconstrained numeric as a double. */
    CAST,
    /** PostgreSQL's {@code inet}, whose cast to text says {@code /32} where its own text form does not. */
    INET,
    /** PostgreSQL's {@code uuid}, whose text form is canonical. */
    UUID,
    /** PostgreSQL's {@code money}, a number only after a cast. */
    MONEY,
    /** A number that SQLite may hold as a double and that its declared scale rounds. */
    ROUNDED,
    /** SQLite: a timestamp as text that begins {@code YYYY-MM-DD}. */
    ISO_TEXT,
    /** SQLite: seconds since 1970-01-01T00:00Z. */
    UNIX_SECONDS,
    /** SQLite: milliseconds since 1970-01-01T00:00Z. */
    UNIX_MILLIS,
    /** SQLite: the Julian day number. */
    JULIAN_DAY;

    /** The key of {@link ColumnDescriptor#facts} that holds the form; absent for {@link #PLAIN}. */
    public static final String FACT = "form";

    public static Form of(ColumnDescriptor column) {
        String fact = column.facts().get(FACT);
        return fact == null ? PLAIN : valueOf(fact.toUpperCase(Locale.ROOT));
    }

    /** As the fact is written. */
    public String fact() {
        return name().toLowerCase(Locale.ROOT);
    }
}
