package io.calque.app;

import io.calque.engine.Session;
import io.calque.engine.SessionFactory;
import io.calque.spi.QueryException;
import io.calque.spi.access.Principal;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans a few statements when a server has begun to listen, beside whatever clients ask, so that the first client does not wait until the
 * planner's classes are loaded. Nothing is run, and no source but Calque's own tables named. Thread-safe.
 */
final class FirstStatements implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStatements.class);

    static final List<String> STATEMENTS = List.of(
            "SELECT source, table_name FROM system.system.tables WHERE source = 'x'",
            "SELECT t.source, count(*) AS n, max(c.column_name) AS last_name FROM system.system.tables t"
                    + " JOIN system.system.columns c ON t.source = c.source AND t.table_name = c.table_name"
                    + " WHERE t.table_name LIKE 'a%' AND c.column_name > 'b' GROUP BY t.source HAVING count(*) > 1"
                    + " ORDER BY n DESC LIMIT 3");

    private final SessionFactory sessions;

    FirstStatements(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Starts at once, in a thread of its own that keeps no process alive. */
    void start() {
        Thread thread = new Thread(this, "calque-first-statements");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        try (Session session = sessions.open(Principal.LOCAL, Map.of())) {
            STATEMENTS.forEach(session::prepare);
            LOG.debug("first statements planned ms={}", (System.nanoTime() - start) / 1_000_000);
        } catch (QueryException e) {
            // clients come to the same later, and are told
            LOG.debug("first statements not planned: {}", e.getMessage());
        }
    }
}
