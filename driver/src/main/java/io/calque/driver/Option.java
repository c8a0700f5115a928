package io.calque.driver;

/** The properties that the driver itself understands; every other is a setting of the session on the server. */
enum Option {
    USER("user", null, "Name of the user"),
    PASSWORD("password", null, "Password of the user"),
    TOKEN("token", null, "Bearer token, instead of a user and password"),
    CATALOG("catalog", null, "Catalog (source) that unqualified names are looked up in first"),
    SCHEMA("schema", null, "Schema that unqualified names are looked up in first"),
    CATALOGS(
            "catalogs",
            "sources",
            "'sources': a catalog per source; 'flat': one catalog 'calque', schemas 'source.schema'"),
    FETCH_SIZE("fetchSize", "0", "Rows per round trip; 0 lets the server choose by size"),
    COMPRESSION(
            "compression",
            "auto",
            "Whether rows come compressed: 'on', 'off', or 'auto': over a network slower than that pays"),
    CONNECT_TIMEOUT("connectTimeout", "10", "Seconds to wait for a connection; 0 waits for ever"),
    SOCKET_TIMEOUT("socketTimeout", "0", "Seconds to wait for a response; 0 waits for ever"),
    QUERY_TIMEOUT(
            "queryTimeout",
            "0",
            "Seconds a query may run unless its statement says otherwise; 0 for the server's own limit"),
    TIME_ZONE(
            "timeZone",
            null,
            "Zone in which java.sql.Date, Time and Timestamp show wall-clock values; the JVM's by default"),
    SSL("ssl", "false", "Whether to speak TLS"),
    TRUST_STORE("trustStore", null, "Key store with the certificates to trust, instead of the JVM's"),
    TRUST_STORE_PASSWORD("trustStorePassword", null, "Password of trustStore"),
    KEY_STORE("keyStore", null, "Key store with the client's certificate"),
    KEY_STORE_PASSWORD("keyStorePassword", null, "Password of keyStore"),
    VERIFY_HOST("verifyHost", "true", "Whether the server's certificate must name its host");

    private final String key;
    private final String defaultValue;
    private final String description;

    Option(String key, String defaultValue, String description) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    String key() {
        return key;
    }

    /** Null where there is none. */
    String defaultValue() {
        return defaultValue;
    }

    String description() {
        return description;
    }

    static boolean isOption(String key) {
        for (Option option : values()) {
            if (option.key.equals(key)) {
                return true;
            }
        }
        return false;
    }
}
