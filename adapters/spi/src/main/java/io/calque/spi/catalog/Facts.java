package io.calque.spi.catalog;

/**
 * Keys of facts that mean the same for every adapter and that others may show; any other key belongs to its adapter alone.
 * A fact is text, and is left out where it does not apply.
 */
public final class Facts {
    /** Of a column: the user type of its values, as {@code schema.name}; see {@link UserTypeDescriptor}. */
    public static final String USER_TYPE = "user_type";

    /**
     * Of a column: the sequence that gives it its values, {@code schema.name}. The column's generation is IDENTITY exactly when
     * the sequence belongs to the column, so that its values are new ones; a sequence shared by a DEFAULT expression is only named.
     */
    public static final String SEQUENCE = "sequence";

    /** Of a column: {@code always} or {@code by default}, for identity columns. */
    public static final String IDENTITY = "identity";

    /** Of a table: {@code enabled} or {@code forced} where the source hides rows from some users. */
    public static final String ROW_SECURITY = "row_security";

    /** Of a table: the table it is a part of, {@code schema.name}. */
    public static final String PARTITION_OF = "partition_of";

    /** Of a table: how its rows are spread over its partitions, in the source's text. */
    public static final String PARTITION_KEY = "partition_key";

    /** Of a table: the tables whose columns it inherits, a JSON list of {@code schema.name}. */
    public static final String INHERITS = "inherits";

    /** Of a table: what defines it in the source's text: a view's query, a virtual table's module and arguments. */
    public static final String DEFINITION = "definition";

    /** Of a table: its bound in bytes or documents, where the source forgets old rows. */
    public static final String CAPPED = "capped";

    /** Of a table: the time field, the meta field and the granularity, where the source keeps measurements over time. */
    public static final String TIME_SERIES = "time_series";

    /**
     * Of a table: what its adapter saw of the data itself when it last looked: counts, newest keys, sizes. It changes with the
     * data, so it is no part of the table's shape and never drift; see {@link TableDescriptor#shape}.
     */
    public static final String EVIDENCE = "evidence";

    private Facts() {}
}
