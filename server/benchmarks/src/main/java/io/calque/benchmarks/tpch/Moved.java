package io.calque.benchmarks.tpch;

import io.calque.engine.PreparedQuery;
import io.calque.engine.QueryRun;
import io.calque.engine.RunOptions;
import io.calque.engine.Session;
import io.calque.spi.batch.ColumnBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one source sent for a query.
 *
 * @param source its name
 * @param rows that came from it
 * @param bytes of these rows in memory, roughly
 * @param waitMillis that operators waited for them
 */
public record Moved(String source, long rows, long bytes, double waitMillis) {
    /** Runs a query to its end, and asks what came from where. */
    public static List<Moved> by(Session session, String sql) {
        String id;
        try (QueryRun run = session.prepare(sql).run(List.of(), RunOptions.DEFAULT)) {
            id = run.queryId();
            while (run.next().isPresent()) {
                // to the end
            }
        }
        PreparedQuery figures = session.prepare(
                "select source, sum(row_count) as row_count, sum(byte_count) as byte_count, sum(reader_wait_ms) as wait_ms"
                        + " from system.system.query_sources where query_id = ? group by source order by source");
        List<Moved> moved = new ArrayList<>();
        try (QueryRun run = figures.run(List.of(id), RunOptions.DEFAULT)) {
            for (Optional<ColumnBatch> next = run.next(); next.isPresent(); next = run.next()) {
                ColumnBatch batch = next.get();
                for (int row = 0; row < batch.rows(); row++) {
                    moved.add(new Moved(
                            String.valueOf(batch.columns().get(0).get(row)),
                            number(batch, 1, row).longValue(),
                            number(batch, 2, row).longValue(),
                            number(batch, 3, row).doubleValue()));
                }
            }
        }
        return moved;
    }

    private static Number number(ColumnBatch batch, int column, int row) {
        return batch.columns().get(column).get(row) instanceof Number number ? number : 0;
    }
}
