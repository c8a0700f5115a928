package io.calque.driver;

/**
 * What Calque adds to Avatica's wire message: fields that other implementations skip as unknown, and two requests.
 *
 * <p>A frame of rows travels as one blob (see {@link ColumnFrame}) beside the response, whose own frame then only says
 * where the rows begin and whether more follow. The server sends blobs to connections opened with
 * {@link #OPEN_PROPERTY}; every other client gets Avatica's rows.
 */
final class WireFields {
    /** Set to {@link #FRAME_VERSION} in the properties of an open request: the client reads columnar frames. */
    static final String OPEN_PROPERTY = "calque.frames";

    static final String FRAME_VERSION = "1";

    /** In a request: milliseconds until the query times out. */
    static final int TIMEOUT_MILLIS = 1001;

    /** In a request that executes: the most rows the client wants in all. */
    static final int MAX_ROWS = 1002;

    /** In a request for rows: 1 when they may come compressed. */
    static final int MAY_DEFLATE = 1003;

    /** In a response: the rows, as a columnar frame. */
    static final int FRAME = 1010;

    /** In a response: the server's name for the query. */
    static final int QUERY_ID = 1011;

    /** In a response, repeated: five characters of SQLSTATE, then the text of a warning. */
    static final int WARNING = 1012;

    /** In a response, instead of {@link #FRAME}: its size as a little-endian int, then the frame in the deflate format without a header. */
    static final int DEFLATED_FRAME = 1013;

    /** Stops what a statement runs; wraps a CloseStatementRequest. */
    static final String CANCEL = "calque.CancelRequest";

    /** Ends a statement's result and keeps the statement; wraps a CloseStatementRequest. */
    static final String CLOSE_RESULT = "calque.CloseResultRequest";

    private WireFields() {}
}
