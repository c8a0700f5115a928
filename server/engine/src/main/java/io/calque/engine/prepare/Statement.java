package io.calque.engine.prepare;

import java.util.List;
import java.util.Optional;

/** What a text asks for. Query texts keep their place in the original: what stood before them is blank. */
public sealed interface Statement {
    record Query(String sql) implements Statement {}

    /**
     * @param analyze whether to run the query and show actual figures
     */
    record Explain(String sql, boolean analyze, Format format) implements Statement {}

    /** Runs a query with pushdown on and off, and compares. */
    record Verify(String sql) implements Statement {}

    record SetOption(String name, String value) implements Statement {}

    /**
     * @param name empty for RESET ALL
     */
    record Reset(Optional<String> name) implements Statement {}

    /**
     * @param topic a setting's name, or ALL, TABLES, SOURCES, SCHEMAS
     */
    record Show(String topic) implements Statement {}

    /**
     * @param columns renamed columns; empty to keep the query's own
     */
    record CreateView(String name, List<String> columns, boolean replace, String sql) implements Statement {}

    record DropView(String name, boolean ifExists) implements Statement {}

    /**
     * Says how a question is answered from now on.
     *
     * @param role whom it is said for; empty for everybody
     * @param sql the query that is right; empty to approve what the question is understood as
     */
    record Teach(String question, Optional<String> role, String sql) implements Statement {}

    /** Takes back what was taught of a question. */
    record Forget(String question, Optional<String> role) implements Statement {}

    /** BEGIN, COMMIT and the like: accepted, without effect. */
    record Transaction(String verb) implements Statement {}

    /** How EXPLAIN writes. */
    enum Format {
        TEXT,
        JSON,
        DOT,
        MERMAID
    }
}
