package io.calque.app.avatica;

/** The number that JDBC shows as vendor code: the SQLSTATE read as a number in base 36, so that it never changes. */
final class VendorCode {
    private VendorCode() {}

    static int of(String sqlState) {
        return Integer.parseInt(sqlState, 36);
    }
}
