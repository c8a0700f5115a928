package io.calque.benchmarks.servers;

import io.calque.embedded.PostgresDatabase;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server that somebody else runs, by the URL of a database whose user may create others. Databases get names
 * of their own ({@code calque_bench_...}), so that none that exists is touched. Thread-safe.
 */
public final class GivenPostgres implements PostgresHost {
    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/?]+/)([^?]*)(\\?.*)?");

    private final PostgresDatabase given;
    private final String before;
    private final String after;

    /**
     * @param url {@code jdbc:postgresql://host:port/database}, with options or without
     * @throws QueryException F0000 when the URL is of another form
     */
    public GivenPostgres(String url, String user, String password) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    "--postgresql is '" + url + "', where jdbc:postgresql://host:port/database is wanted");
        }
        this.before = parts.group(1);
        this.after = parts.group(3) == null ? "" : parts.group(3);
        this.given = new PostgresDatabase(parts.group(2), url, user, password);
    }

    @Override
    public PostgresDatabase create(String name) {
        String own = BenchName.of(name);
        // C compares by code point and exists everywhere
        administer("CREATE DATABASE " + own + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
        return new PostgresDatabase(own, before + own + after, given.user(), given.password());
    }

    @Override
    public void drop(PostgresDatabase database) {
        administer("DROP DATABASE IF EXISTS " + database.name() + " WITH (FORCE)");
    }

    private void administer(String sql) {
        try (Connection connection = given.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new QueryException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "The PostgreSQL at " + given.jdbcUrl() + " refused: " + sql + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {}
}
