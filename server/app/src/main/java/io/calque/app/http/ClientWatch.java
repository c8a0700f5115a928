package io.calque.app.http;

import io.javalin.http.Context;

/** Notices that the client of a request has gone while the request is served. */
final class ClientWatch implements AutoCloseable {
    private ClientWatch() {}

    static ClientWatch of(Context context, Runnable gone) {
        return new ClientWatch();
    }

    @Override
    public void close() {}
}
