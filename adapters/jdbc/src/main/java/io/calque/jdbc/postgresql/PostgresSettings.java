package io.calque.jdbc.postgresql;

import io.calque.jdbc.pool.SourceOptions;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.SourceConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * How one PostgreSQL database is reached: the configuration, checked. Immutable.
 *
 * @param options the source's options
 * @param url for the driver; may hold further driver properties
 * @param properties for the driver; holds the password
 * @param host as messages name it
 * @param database as messages name it
 * @param pooled whether PgBouncer stands in between: no server-side prepared statements, no session state
 */
record PostgresSettings(
        SourceOptions options, String url, Properties properties, String host, String database, boolean pooled) {
    private static final String PREFIX = "jdbc:postgresql:";
    private static final String PGBOUNCER = "pgbouncer";
    private static final String SSL_MODE = "sslmode";
    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final List<String> DRIVER_OPTIONS = List.of(
            SSL_MODE,
            "sslrootcert",
            "sslcert",
            "sslkey",
            "sslpassword",
            "channelBinding",
            "gssEncMode",
            "targetServerType",
            "loadBalanceHosts",
            "socketTimeout");
    private static final String FIRST_VERSION = "12";

    static PostgresSettings of(SourceConfig config) {
        List<String> known = new java.util.ArrayList<>(DRIVER_OPTIONS);
        known.add(PGBOUNCER);
        SourceOptions options = new SourceOptions(config, known, List.of());
        Properties parsed = config.url().startsWith(PREFIX) ? Driver.parseURL(config.url(), new Properties()) : null;
        if (parsed == null) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    "Source '" + config.id() + "': url must look like jdbc:postgresql://host:port/database");
        }
        boolean pooled = options.flag(PGBOUNCER);
        return new PostgresSettings(
                options,
                config.url(),
                properties(config, options, pooled),
                parsed.getProperty("PGHOST", "localhost") + ":" + parsed.getProperty("PGPORT", "5432"),
                parsed.getProperty("PGDBNAME", ""),
                pooled);
    }

    private static Properties properties(SourceConfig config, SourceOptions options, boolean pooled) {
        options.text(SSL_MODE).filter(mode -> !SSL_MODES.contains(mode)).ifPresent(mode -> {
            throw options.invalid(SSL_MODE, mode, "one of " + String.join(", ", SSL_MODES));
        });
        Properties properties = new Properties();
        DRIVER_OPTIONS.forEach(name -> options.text(name).ifPresent(value -> properties.setProperty(name, value)));
        config.user().ifPresent(user -> PGProperty.USER.set(properties, user));
        config.password().ifPresent(password -> PGProperty.PASSWORD.set(properties, password.reveal()));
        int seconds = (int) Math.max(1, config.connectTimeout().toSeconds());
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, seconds);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.APPLICATION_NAME.set(properties, "calque");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, FIRST_VERSION);
        if (pooled) {
            PGProperty.PREPARE_THRESHOLD.set(properties, 0);
        }
        return properties;
    }

    Connection open() throws SQLException {
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("the driver does not take this url", "08001");
        }
        connection.setAutoCommit(false);
        return connection;
    }

    /** Properties hold the password. */
    @Override
    public String toString() {
        return "postgresql " + host + "/" + database;
    }
}
