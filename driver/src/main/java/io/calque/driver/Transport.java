package io.calque.driver;

import java.sql.SQLException;

/** Carries one request to the engine and its response back. Thread-safe. */
interface Transport {
    /**
     * @param request a protobuf wire message
     * @throws SQLException class 08 when the engine cannot be reached, 28000 when it does not know the user
     */
    byte[] exchange(byte[] request) throws SQLException;

    /** Whether what carries the bytes is so slow that compressing them saves time. */
    boolean isSlow();

    void close();
}
