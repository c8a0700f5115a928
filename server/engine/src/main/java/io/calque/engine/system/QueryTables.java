package io.calque.engine.system;

import io.calque.engine.exec.OperatorFigures;
import io.calque.engine.session.QueryLog;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.SystemTable;
import io.calque.spi.type.DataType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.queries}, {@code system.query_sources} and {@code system.query_operators}: what runs, what ran lately, what each source was
 * asked, and what each local operator did.
 */
public final class QueryTables {
    private record Table(
            String name, List<ColumnDescriptor> columns, Function<SystemView, List<List<@Nullable Object>>> contents)
            implements SystemTable {
        @Override
        public String schema() {
            return "system";
        }

        @Override
        public Iterable<List<@Nullable Object>> rows(SystemView view) {
            return contents.apply(view);
        }
    }

    private QueryTables() {}

    /** A principal sees its own queries. */
    public static List<SystemTable> of(QueryLog log) {
        List<ColumnDescriptor> queries = List.of(
                text("query_id"),
                text("session_id"),
                text("user_name"),
                text("sql"),
                text("state"),
                column("started_at", DataType.TIMESTAMP_TZ),
                column("ended_at", DataType.TIMESTAMP_TZ),
                column("row_count", DataType.BIGINT),
                column("peak_memory_bytes", DataType.BIGINT),
                text("error"));
        List<ColumnDescriptor> fetches = List.of(
                text("query_id"),
                column("fetch", DataType.INTEGER),
                text("source"),
                text("native_text"),
                column("row_count", DataType.BIGINT),
                column("byte_count", DataType.BIGINT),
                column("batches", DataType.BIGINT),
                column("permit_wait_ms", DataType.DOUBLE),
                column("source_ms", DataType.DOUBLE),
                column("first_batch_ms", DataType.DOUBLE),
                column("reader_wait_ms", DataType.DOUBLE),
                column("queue_full_ms", DataType.DOUBLE),
                column("spooled_bytes", DataType.BIGINT));
        List<ColumnDescriptor> operators = List.of(
                text("query_id"),
                column("operator", DataType.INTEGER),
                column("parent", DataType.INTEGER),
                text("name"),
                text("detail"),
                column("estimated_rows", DataType.DOUBLE),
                column("row_count", DataType.BIGINT),
                column("first_row_ms", DataType.DOUBLE),
                column("last_row_ms", DataType.DOUBLE),
                column("peak_memory_bytes", DataType.BIGINT));
        return List.of(
                new Table(
                        "queries",
                        queries,
                        view -> queryRows(log, view.principal().name())),
                new Table(
                        "query_sources",
                        fetches,
                        view -> fetchRows(log, view.principal().name())),
                new Table(
                        "query_operators",
                        operators,
                        view -> operatorRows(log, view.principal().name())));
    }

    private static List<List<@Nullable Object>> operatorRows(QueryLog log, String user) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (QueryLog.Entry q : log.entries()) {
            for (QueryLog.OperatorEntry o : q.user().equals(user) ? q.operators() : List.<QueryLog.OperatorEntry>of()) {
                OperatorFigures figures = o.figures();
                rows.add(Arrays.asList(
                        q.queryId(),
                        (long) o.ordinal(),
                        o.parent().map(Integer::longValue).orElse(null),
                        o.name(),
                        o.detail(),
                        o.estimatedRows(),
                        figures.rows(),
                        figures.rows() == 0 ? null : (Object) (figures.firstRowNanos() / 1e6),
                        figures.lastNanos() / 1e6,
                        figures.peakBytes()));
            }
        }
        return rows;
    }

    private static List<List<@Nullable Object>> queryRows(QueryLog log, String user) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (QueryLog.Entry q : log.entries()) {
            if (q.user().equals(user)) {
                rows.add(Arrays.asList(
                        q.queryId(),
                        q.sessionId(),
                        q.user(),
                        q.sql(),
                        q.state(),
                        q.startedAt().toEpochMilli(),
                        q.endedAt().map(Instant::toEpochMilli).orElse(null),
                        q.rows(),
                        q.peakMemoryBytes(),
                        q.error().orElse(null)));
            }
        }
        return rows;
    }

    private static List<List<@Nullable Object>> fetchRows(QueryLog log, String user) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (QueryLog.Entry q : log.entries()) {
            for (QueryLog.FetchEntry f : q.user().equals(user) ? q.fetches() : List.<QueryLog.FetchEntry>of()) {
                rows.add(Arrays.asList(
                        q.queryId(),
                        (long) f.ordinal(),
                        f.source(),
                        f.text(),
                        f.figures().rows(),
                        f.figures().bytes(),
                        f.figures().batches(),
                        f.figures().permitWaitNanos() / 1e6,
                        f.figures().sourceNanos() / 1e6,
                        f.figures().firstBatchNanos() / 1e6,
                        f.figures().readerWaitNanos() / 1e6,
                        f.figures().queueFullNanos() / 1e6,
                        f.figures().spooledBytes()));
            }
        }
        return rows;
    }

    private static ColumnDescriptor text(String name) {
        return column(name, DataType.VARCHAR);
    }

    private static ColumnDescriptor column(String name, DataType type) {
        return ColumnDescriptor.of(name, type, type.toString(), Nullability.NULLABLE);
    }
}
