package io.calque.driver;

import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where to connect, and how. Immutable.
 *
 * <p>{@code jdbc:calque://host[:port]/[catalog][?name=value&...]} for a server, {@code jdbc:calque:file:path[?...]} for an
 * engine in this process. Parts of the query may be separated by {@code &} or {@code ;}. What the URL says wins over the
 * properties handed to the driver.
 */
final class ConnectionUrl {
    static final String PREFIX = "jdbc:calque:";
    static final int DEFAULT_PORT = 8765;
    private static final String SERVER = PREFIX + "//";
    private static final String FILE = PREFIX + "file:";

    private final String host;
    private final int port;
    private final String file;
    private final Map<String, String> properties;

    private ConnectionUrl(String host, int port, String file, Map<String, String> properties) {
        this.host = host;
        this.port = port;
        this.file = file;
        this.properties = properties;
    }

    static ConnectionUrl parse(String url, Properties info) throws SQLException {
        Map<String, String> properties = new TreeMap<>();
        if (info != null) {
            for (String name : info.stringPropertyNames()) {
                properties.put(name, info.getProperty(name));
            }
        }
        int question = url.indexOf('?');
        String address = question < 0 ? url : url.substring(0, question);
        if (question >= 0) {
            properties.putAll(query(url, url.substring(question + 1)));
        }
        if (address.startsWith(FILE)) {
            String path = address.substring(FILE.length());
            if (path.isEmpty()) {
                throw malformed(url, "the path of a configuration file is missing");
            }
            return new ConnectionUrl(null, 0, path, properties);
        }
        if (!address.startsWith(SERVER)) {
            throw malformed(url, "it starts neither with " + SERVER + " nor with " + FILE);
        }
        return server(url, address.substring(SERVER.length()), properties);
    }

    private static ConnectionUrl server(String url, String rest, Map<String, String> properties) throws SQLException {
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String catalog = slash < 0 ? "" : decode(rest.substring(slash + 1));
        if (!catalog.isEmpty()) {
            properties.put(Option.CATALOG.key(), catalog);
        }
        int colon = authority.startsWith("[") ? authority.indexOf(':', authority.indexOf(']')) : authority.indexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        int port = DEFAULT_PORT;
        if (colon >= 0) {
            try {
                port = Integer.parseInt(authority.substring(colon + 1));
            } catch (NumberFormatException e) {
                port = -1;
            }
            if (port < 1 || port > 65535) {
                throw malformed(url, "'" + authority.substring(colon + 1) + "' is not a port");
            }
        }
        return new ConnectionUrl(host.isEmpty() ? "localhost" : host, port, null, properties);
    }

    private static Map<String, String> query(String url, String query) throws SQLException {
        Map<String, String> found = new LinkedHashMap<>();
        for (String part : query.split("[&;]")) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw malformed(url, "'" + part + "' is not name=value");
            }
            found.put(decode(part.substring(0, equals)), decode(part.substring(equals + 1)));
        }
        return found;
    }

    private static String decode(String text) throws SQLException {
        try {
            // '+' is a plus sign in a JDBC URL, not a blank
            return URLDecoder.decode(text.replace("+", "%2B"), "UTF-8");
        } catch (UnsupportedEncodingException | IllegalArgumentException e) {
            throw new SQLNonTransientConnectionException(
                    "'" + text + "' in the URL is badly percent-encoded", "08001", e);
        }
    }

    private static SQLException malformed(String url, String why) {
        // the query may hold a password
        int question = url.indexOf('?');
        String shown = question < 0 ? url : url.substring(0, question);
        return new SQLNonTransientConnectionException(
                "Malformed URL '" + shown + "': " + why + ". Expected " + SERVER
                        + "host:port/[catalog][?name=value&...]" + " or " + FILE + "path",
                "08001");
    }

    /** The URL without properties, among which may be a password. */
    String address() {
        return isLocal() ? FILE + file : SERVER + host + ":" + port + "/";
    }

    /** Whether the engine runs in this process. */
    boolean isLocal() {
        return file != null;
    }

    String file() {
        return file;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    /** All properties, the URL's and the others, sorted by name. */
    Map<String, String> properties() {
        return properties;
    }

    /** The value of an option, or its default, or null. */
    String get(Option option) {
        String value = properties.get(option.key());
        return value == null ? option.defaultValue() : value;
    }

    boolean isTrue(Option option) {
        return Boolean.parseBoolean(String.valueOf(get(option)).toLowerCase(Locale.ROOT));
    }

    long millis(Option option) throws SQLException {
        String value = get(option);
        try {
            return value == null ? 0 : Math.multiplyExact(Long.parseLong(value), 1000L);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new SQLNonTransientConnectionException(
                    "Property " + option.key() + " takes a number of seconds, not '" + value + "'", "08001", e);
        }
    }

    /** What is not for the driver: settings of the session on the server. */
    Map<String, String> sessionSettings() {
        Map<String, String> settings = new TreeMap<>();
        for (Map.Entry<String, String> property : properties.entrySet()) {
            if (!Option.isOption(property.getKey())) {
                settings.put(property.getKey(), property.getValue());
            }
        }
        return settings;
    }
}
