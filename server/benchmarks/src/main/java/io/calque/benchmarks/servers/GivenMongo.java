package io.calque.benchmarks.servers;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.calque.embedded.MongoDatabaseAddress;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A MongoDB server that somebody else runs. Databases get names of their own ({@code calque_bench_...}), so that none
 * that exists is touched. Thread-safe.
 */
public final class GivenMongo implements MongoHost {
    private static final Pattern URI = Pattern.compile("(mongodb(?:\\+srv)?://[^/?]+)(?:/[^?]*)?(?:\\?(.*))?");

    private final String server;
    private final String options;
    private final String given;

    /**
     * @param uri {@code mongodb://host:port}, with user, database and options or without
     * @throws QueryException F0000 when it is no connection string
     */
    public GivenMongo(String uri) {
        Matcher parts = URI.matcher(uri);
        if (!parts.matches()) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID, "--mongodb is '" + uri + "', where mongodb://host:port is wanted");
        }
        given = uri;
        server = parts.group(1);
        String said = parts.group(2) == null ? "" : parts.group(2);
        var credential = new ConnectionString(uri).getCredential();
        // who signs in to the database that is named keeps doing so where another one is used
        boolean moved = credential != null && !said.contains("authSource");
        String source = moved ? "authSource=" + credential.getSource() : "";
        options = said.isEmpty() || source.isEmpty() ? said + source : said + "&" + source;
    }

    @Override
    public MongoDatabaseAddress create(String name) {
        String own = BenchName.of(name);
        return new MongoDatabaseAddress(server + "/" + own + (options.isEmpty() ? "" : "?" + options), own);
    }

    @Override
    public void drop(MongoDatabaseAddress database) {
        try (MongoClient client = connect()) {
            client.getDatabase(database.database()).drop();
        } catch (MongoException e) {
            throw new QueryException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "The MongoDB database " + database.database() + " could not be dropped: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public MongoClient connect() {
        return MongoClients.create(given);
    }

    @Override
    public void close() {}
}
