package io.calque.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * HTTP to a server, with the JDK's own client: it keeps connections alive and adds nothing to the jar. Thread-safe.
 *
 * <p>A request whose kept-alive connection turns out to be dead is sent again by the JDK: harmless, as Calque only reads.
 */
final class HttpTransport implements Transport {
    private static final int STEP = 64 * 1024;

    private final URL url;
    private final String authorization;
    private final int connectTimeout;
    private final int socketTimeout;
    private final SSLSocketFactory sockets;
    private final boolean verifyHost;
    private final Link link;

    private HttpTransport(ConnectionUrl target, URL url, SSLSocketFactory sockets) throws SQLException {
        this.url = url;
        this.authorization = authorization(target);
        this.connectTimeout = saturated(target.millis(Option.CONNECT_TIMEOUT));
        this.socketTimeout = saturated(target.millis(Option.SOCKET_TIMEOUT));
        this.sockets = sockets;
        this.verifyHost = target.isTrue(Option.VERIFY_HOST);
        this.link = Link.to(target);
    }

    static HttpTransport open(ConnectionUrl target) throws SQLException {
        boolean tls = target.isTrue(Option.SSL);
        try {
            URL url = new URL(tls ? "https" : "http", target.host(), target.port(), "/");
            return new HttpTransport(target, url, tls ? TlsSockets.create(target) : null);
        } catch (IOException e) {
            throw new SQLNonTransientConnectionException(
                    "Cannot address " + target.host() + ": " + e.getMessage(), "08001", e);
        }
    }

    private static int saturated(long millis) {
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private static String authorization(ConnectionUrl target) {
        String token = target.get(Option.TOKEN);
        if (token != null) {
            return "Bearer " + token;
        }
        String user = target.get(Option.USER);
        String password = target.get(Option.PASSWORD);
        if (user == null || user.isEmpty()) {
            return null;
        }
        String pair = user + ":" + (password == null ? "" : password);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] exchange(byte[] request) throws SQLException {
        try {
            HttpURLConnection connection = connect();
            try (OutputStream out = connection.getOutputStream()) {
                out.write(request);
            }
            int status = connection.getResponseCode();
            String type = connection.getContentType();
            long begun = System.nanoTime();
            byte[] body = body(connection, status);
            link.carried(body.length, System.nanoTime() - begun);
            if (type != null && type.startsWith("application/octet-stream")) {
                return body;
            }
            throw refused(status, new String(body, StandardCharsets.UTF_8).trim());
        } catch (SocketTimeoutException e) {
            String what =
                    String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("connect")
                            ? "does not accept a connection"
                            : "does not answer";
            throw new SQLTimeoutException(address() + " " + what + " in time", "08001", e);
        } catch (IOException e) {
            throw new SQLTransientConnectionException("Cannot reach " + address() + ": " + reason(e), "08001", e);
        }
    }

    private HttpURLConnection connect() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        if (connection instanceof HttpsURLConnection) {
            HttpsURLConnection https = (HttpsURLConnection) connection;
            https.setSSLSocketFactory(sockets);
            if (!verifyHost) {
                https.setHostnameVerifier((host, session) -> true);
            }
        }
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setUseCaches(false);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(connectTimeout);
        connection.setReadTimeout(socketTimeout);
        connection.setRequestProperty("Content-Type", "application/octet-stream");
        connection.setRequestProperty("User-Agent", "calque-jdbc/" + Product.VERSION);
        if (authorization != null) {
            connection.setRequestProperty("Authorization", authorization);
        }
        return connection;
    }

    private static byte[] body(HttpURLConnection connection, int status) throws IOException {
        InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
        if (in == null) {
            return new byte[0];
        }
        try (InputStream closed = in) {
            int expected = connection.getContentLength();
            byte[] body = new byte[expected < 0 ? STEP : expected];
            int size = 0;
            while (true) {
                if (size == body.length) {
                    // at the expected end this reads the end of the stream, which returns the connection to the pool
                    int next = closed.read();
                    if (next < 0) {
                        return body;
                    }
                    body = Arrays.copyOf(body, Math.max(STEP, body.length * 2));
                    body[size++] = (byte) next;
                }
                int read = closed.read(body, size, body.length - size);
                if (read < 0) {
                    return Arrays.copyOf(body, size);
                }
                size += read;
            }
        }
    }

    private SQLException refused(int status, String text) {
        String message =
                text.isEmpty() || text.startsWith("<") ? address() + " answered with HTTP status " + status : text;
        switch (status) {
            case HttpURLConnection.HTTP_UNAUTHORIZED:
            case HttpURLConnection.HTTP_FORBIDDEN:
                return new SQLInvalidAuthorizationSpecException(message, "28000");
            case HttpURLConnection.HTTP_ENTITY_TOO_LARGE:
                return new SQLException(message, "54000");
            case HttpURLConnection.HTTP_UNAVAILABLE:
                return new SQLTransientConnectionException(message, "08004");
            case HttpURLConnection.HTTP_OK:
                return new SQLNonTransientConnectionException(address() + " is not a Calque server", "08001");
            default:
                return new SQLNonTransientConnectionException(message, "08P01");
        }
    }

    private String address() {
        return url.getProtocol() + "://" + url.getAuthority();
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public boolean isSlow() {
        return link.isSlow();
    }

    @Override
    public void close() {
        // connections are the JDK's: idle ones are reused or dropped by it
    }
}
