package io.calque.app;

import io.calque.engine.Session;
import io.calque.engine.SessionFactory;
import io.calque.spi.QueryException;
import io.calque.spi.TableName;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans a few statements when a server has begun to listen and connects to its sources, beside whatever clients ask, so that the first client
 * does not wait until classes are loaded and connections made. Nothing is run. Thread-safe.
 */
final class FirstStatements implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStatements.class);

    static final List<String> STATEMENTS = List.of(
            "SELECT source, table_name FROM system.system.tables WHERE source = 'x'",
            "SELECT t.source, count(*) AS n, max(c.column_name) AS last_name FROM system.system.tables t"
                    + " JOIN system.system.columns c ON t.source = c.source AND t.table_name = c.table_name"
                    + " WHERE t.table_name LIKE 'a%' AND c.column_name > 'b' GROUP BY t.source HAVING count(*) > 1"
                    + " ORDER BY n DESC LIMIT 3");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SessionFactory sessions;
    private final CatalogSnapshot catalog;
    private final List<Source> sources;

    FirstStatements(SessionFactory sessions, CatalogSnapshot catalog, List<Source> sources) {
        this.sessions = sessions;
        this.catalog = catalog;
        this.sources = List.copyOf(sources);
    }

    /** Starts at once, in threads of its own that keep no process alive. */
    void start() {
        start("calque-first-statements", this);
        sources.forEach(source -> start("calque-first-connection-" + source.id(), () -> connect(source)));
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void connect(Source source) {
        try {
            source.begin(new ReadOptions("first connection", ReadOptions.DEFAULT_BATCH_ROWS, PATIENCE))
                    .close();
        } catch (RuntimeException e) {
            // clients come to the same later, and are told; and a source may be closed meanwhile
            LOG.debug("first connection not made source={}: {}", source.id(), e.getMessage());
        }
    }

    /** A look-up in some table of each source. */
    List<String> lookups() {
        return catalog.sources().stream()
                .flatMap(source -> source.tables().stream()
                        .filter(table -> !table.columns().isEmpty())
                        .limit(1))
                .map(table -> {
                    TableName name = table.name();
                    String column = quoted(table.columns().get(0).name());
                    return "SELECT " + column + " FROM " + quoted(name.source().value()) + "." + quoted(name.schema())
                            + "." + quoted(name.table()) + " WHERE " + column + " IS NULL";
                })
                .toList();
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        try (Session session = sessions.open(Principal.LOCAL, Map.of())) {
            // the likelier ones first: clients may be asking already
            lookups().forEach(session::prepare);
            STATEMENTS.forEach(session::prepare);
            LOG.debug("first statements planned ms={}", (System.nanoTime() - start) / 1_000_000);
        } catch (QueryException e) {
            // clients come to the same later, and are told
            LOG.debug("first statements not planned: {}", e.getMessage());
        }
    }
}
