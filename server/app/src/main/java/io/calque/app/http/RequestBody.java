package io.calque.app.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a request's body up to a limit. Stateless. */
final class RequestBody {
    private RequestBody() {}

    /** A body beyond the limit. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        TooLargeException(long limit) {
            super("The request is larger than the " + readable(limit) + " this server accepts");
        }

        private static String readable(long bytes) {
            return bytes >= 1 << 20 ? (bytes >> 20) + " MB" : (bytes >> 10) + " kB";
        }
    }

    static byte[] read(Context context, long limit) throws IOException, TooLargeException {
        long announced = context.req().getContentLengthLong();
        if (announced > limit) {
            throw new TooLargeException(limit);
        }
        try (InputStream in = context.req().getInputStream()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream(announced < 0 ? 4096 : (int) announced);
            byte[] buffer = new byte[8192];
            while (true) {
                int read = in.read(buffer);
                if (read < 0) {
                    return body.toByteArray();
                }
                if (body.size() + (long) read > limit) {
                    throw new TooLargeException(limit);
                }
                body.write(buffer, 0, read);
            }
        }
    }
}
