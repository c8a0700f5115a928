package io.calque.spi;

import static io.calque.spi.ErrorKind.INTERNAL;
import static io.calque.spi.ErrorKind.RESOURCE;
import static io.calque.spi.ErrorKind.SOURCE;
import static io.calque.spi.ErrorKind.USER;
import static io.calque.spi.Retry.CAN_HELP;
import static io.calque.spi.Retry.POINTLESS;

/**
 * A stable name for each way a request can fail, with the SQLSTATE that JDBC clients see.
 *
 * <p>Source failures are class HV, never class 08: connection pools read 08 as "our own link broke" and drop the connection.
 */
public enum ErrorCode {
    SYNTAX_ERROR(USER, "42601", POINTLESS, "The statement is not SQL that Calque understands."),
    TABLE_NOT_FOUND(USER, "42P01", POINTLESS, "No table or view has this name."),
    TABLE_AMBIGUOUS(USER, "42P09", POINTLESS, "Several tables have this name; qualify it with its source or schema."),
    TABLE_EXISTS(USER, "42P07", POINTLESS, "A view with this name exists already."),
    COLUMN_NOT_FOUND(USER, "42703", POINTLESS, "No column in scope has this name."),
    COLUMN_AMBIGUOUS(USER, "42702", POINTLESS, "Several columns in scope match this name."),
    FUNCTION_NOT_FOUND(USER, "42883", POINTLESS, "No function or operator takes these arguments."),
    GROUPING_ERROR(USER, "42803", POINTLESS, "A column is neither grouped nor aggregated, or aggregates are nested."),
    TYPE_MISMATCH(USER, "42804", POINTLESS, "An expression has a type that does not fit where it stands."),
    OBJECT_NOT_FOUND(USER, "42704", POINTLESS, "No source, option or other object has this name."),
    INVALID_STATEMENT(USER, "42000", POINTLESS, "The statement is well-formed but breaks a rule of SQL."),
    NOT_SUPPORTED(USER, "0A000", POINTLESS, "The feature exists in SQL but not in Calque."),
    READ_ONLY(USER, "25006", POINTLESS, "The statement would write; Calque only reads."),
    INVALID_PARAMETER(USER, "22023", POINTLESS, "A parameter or option has a value outside what is allowed."),
    REVISION_CONFLICT(USER, "40001", POINTLESS, "Somebody else changed the object since it was read."),
    PARAMETER_MISSING(USER, "07001", POINTLESS, "A parameter of a prepared statement has no value."),
    INVALID_CAST(USER, "22018", POINTLESS, "A value cannot be read as the type asked for."),
    NUMERIC_OUT_OF_RANGE(USER, "22003", POINTLESS, "A number does not fit its type."),
    DIVISION_BY_ZERO(USER, "22012", POINTLESS, "A divisor is zero."),
    INVALID_DATETIME(USER, "22007", POINTLESS, "A text is not a date, time or timestamp."),
    DATETIME_OUT_OF_RANGE(USER, "22008", POINTLESS, "A date, time or timestamp is outside the supported range."),
    INVALID_PATTERN(USER, "22025", POINTLESS, "A LIKE or regular expression pattern is malformed."),
    DATA_EXCEPTION(USER, "22000", POINTLESS, "A value cannot be processed."),
    CARDINALITY_VIOLATION(USER, "21000", POINTLESS, "A scalar subquery returned more than one row."),
    AUTHENTICATION_FAILED(USER, "28000", POINTLESS, "The user name, password or token was not accepted."),
    ACCESS_DENIED(USER, "42501", POINTLESS, "The user has no right to this object."),
    INVALID_PLAN(USER, "42P17", POINTLESS, "A plan document is malformed or breaks a rule of plans."),
    QUESTION_DECLINED(USER, "NL001", POINTLESS, "The data cannot answer the question, or it was not understood."),
    QUESTION_AMBIGUOUS(USER, "NL002", POINTLESS, "The question has several meanings; the message lists the choices."),
    CONFIG_INVALID(USER, "F0000", POINTLESS, "The configuration is malformed or incomplete."),
    STATEMENT_NOT_FOUND(USER, "26000", POINTLESS, "The prepared statement or session has expired or was closed."),
    CANCELLED(RESOURCE, "57014", CAN_HELP, "The query was cancelled."),
    TIMED_OUT(RESOURCE, "57014", CAN_HELP, "The query passed its deadline."),
    OUT_OF_MEMORY(RESOURCE, "53200", CAN_HELP, "The query passed its memory limit."),
    TOO_MANY_QUERIES(RESOURCE, "53300", CAN_HELP, "Too many queries run at once."),
    SHUTTING_DOWN(RESOURCE, "57P01", CAN_HELP, "The server is stopping."),
    SOURCE_UNAVAILABLE(SOURCE, "HV00N", CAN_HELP, "A source cannot be reached."),
    SOURCE_REFUSED(SOURCE, "HV00N", POINTLESS, "A source refused our user, password or rights."),
    SOURCE_READ_FAILED(SOURCE, "HV000", CAN_HELP, "A source failed while it was read."),
    SOURCE_CHANGED(SOURCE, "HV000", CAN_HELP, "A source no longer has the shape the registry knows."),
    SOURCE_VALUE_INVALID(SOURCE, "22018", POINTLESS, "A source holds a value that its column's type cannot hold."),
    REGISTRY_FAILED(RESOURCE, "XX001", POINTLESS, "The schema registry file cannot be read or written."),
    REGISTRY_BUSY(RESOURCE, "55P03", CAN_HELP, "Another process holds the schema registry."),
    INTERNAL_ERROR(INTERNAL, "XX000", POINTLESS, "A defect in Calque.");

    private final ErrorKind kind;
    private final String sqlState;
    private final Retry retry;
    private final String meaning;

    ErrorCode(ErrorKind kind, String sqlState, Retry retry, String meaning) {
        this.kind = kind;
        this.sqlState = sqlState;
        this.retry = retry;
        this.meaning = meaning;
    }

    public ErrorKind kind() {
        return kind;
    }

    /** Five characters; see the enum's comment for the classes in use. */
    public String sqlState() {
        return sqlState;
    }

    public Retry retry() {
        return retry;
    }

    /** One sentence for the documentation. */
    public String meaning() {
        return meaning;
    }
}
