package io.calque.testkit.fuzz;

/** Where a table lives. */
public enum Place {
    POSTGRES("pg"),
    MONGO("mg"),
    SQLITE("sl");

    private final String source;

    Place(String source) {
        this.source = source;
    }

    /** The source's id, and the beginning of its tables' names. */
    public String source() {
        return source;
    }
}
