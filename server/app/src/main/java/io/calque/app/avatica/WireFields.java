package io.calque.app.avatica;

/**
 * What Calque's driver and server add to Avatica's wire message; the driver's class of the same name says what each is for.
 * They are written twice because the driver stands alone.
 */
final class WireFields {
    static final String OPEN_PROPERTY = "calque.frames";
    static final int TIMEOUT_MILLIS = 1001;
    static final int MAX_ROWS = 1002;
    static final int MAY_DEFLATE = 1003;
    static final int FRAME = 1010;
    static final int QUERY_ID = 1011;
    static final int WARNING = 1012;
    static final int DEFLATED_FRAME = 1013;
    static final String CANCEL = "calque.CancelRequest";
    static final String CLOSE_RESULT = "calque.CloseResultRequest";

    private WireFields() {}
}
