package io.calque.app.client;

import io.calque.engine.PreparedQuery;
import io.calque.engine.QueryRun;
import io.calque.engine.ResultColumn;
import io.calque.engine.RunOptions;
import io.calque.engine.Session;
import io.calque.spi.QueryException;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.type.DataType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a session of the engine in this process. */
public final class SessionClient implements QueryClient {
    private final Session session;
    private volatile @Nullable QueryRun running;

    /** @param session becomes this client's own */
    public SessionClient(Session session) {
        this.session = session;
    }

    @Override
    public Answer run(String sql) {
        try {
            PreparedQuery query = session.prepare(sql);
            QueryRun run = query.run(List.of(), RunOptions.DEFAULT);
            running = run;
            return new SessionAnswer(run, zone());
        } catch (QueryException e) {
            throw StatementFailedException.of(e);
        }
    }

    @Override
    public void cancel() {
        QueryRun run = running;
        if (run != null) {
            run.cancel();
        }
    }

    @Override
    public void close() {
        session.close();
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(session.settings().getOrDefault("time_zone", "UTC"));
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    private final class SessionAnswer implements Answer {
        private final QueryRun run;
        private final ZoneId zone;
        private Optional<ColumnBatch> batch = Optional.empty();
        private int row;

        SessionAnswer(QueryRun run, ZoneId zone) {
            this.run = run;
            this.zone = zone;
        }

        @Override
        public List<AnswerColumn> columns() {
            return run.columns().stream().map(SessionClient::column).toList();
        }

        @Override
        public Optional<List<@Nullable Object>> next() {
            try {
                if (batch.isEmpty() || row == batch.get().rows()) {
                    batch = run.next();
                    row = 0;
                }
            } catch (QueryException e) {
                throw StatementFailedException.of(e);
            }
            return batch.map(current -> values(current, row++));
        }

        private List<@Nullable Object> values(ColumnBatch current, int index) {
            List<ResultColumn> columns = run.columns();
            List<@Nullable Object> values = new ArrayList<>(columns.size());
            for (int i = 0; i < columns.size(); i++) {
                values.add(value(
                        current.columns().get(i).get(index), columns.get(i).type(), zone));
            }
            return values;
        }

        @Override
        public List<String> warnings() {
            return run.warnings().stream().map(QueryRun.QueryWarning::message).toList();
        }

        @Override
        public void close() {
            running = null;
            run.close();
        }
    }

    private static AnswerColumn column(ResultColumn column) {
        return new AnswerColumn(
                column.label(),
                column.type().toString(),
                column.type().isNumeric() ? AnswerColumn.Alignment.RIGHT : AnswerColumn.Alignment.LEFT);
    }

    /** From a batch's conventions to java.time; see {@link io.calque.spi.batch.ColumnVector}. */
    private static @Nullable Object value(@Nullable Object held, DataType type, ZoneId zone) {
        if (held == null) {
            return null;
        }
        return switch (type.kind()) {
            case DATE -> LocalDate.ofEpochDay((Long) held);
            case TIME -> LocalTime.ofNanoOfDay((Long) held * 1_000_000);
            case TIMESTAMP -> LocalDateTime.ofInstant(Instant.ofEpochMilli((Long) held), ZoneOffset.UTC);
            case TIMESTAMP_TZ -> Instant.ofEpochMilli((Long) held).atZone(zone).toOffsetDateTime();
            case REAL -> ((Number) held).floatValue();
            case ARRAY -> elements((List<?>) held, type.elementType(), zone);
            default -> held;
        };
    }

    private static List<@Nullable Object> elements(List<?> held, DataType type, ZoneId zone) {
        List<@Nullable Object> elements = new ArrayList<>(held.size());
        held.forEach(element -> elements.add(value(element, type, zone)));
        return elements;
    }
}
