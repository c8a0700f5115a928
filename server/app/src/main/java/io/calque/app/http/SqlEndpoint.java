package io.calque.app.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.calque.app.avatica.RunningQueries;
import io.calque.engine.PreparedQuery;
import io.calque.engine.QueryRun;
import io.calque.engine.ResultColumn;
import io.calque.engine.RunOptions;
import io.calque.engine.Session;
import io.calque.engine.SessionFactory;
import io.calque.spi.ErrorCode;
import io.calque.spi.ErrorKind;
import io.calque.spi.QueryException;
import io.calque.spi.access.Principal;
import io.calque.spi.batch.ColumnBatch;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SQL over plain HTTP: a JSON request, and JSON lines as the rows come. The first line names the columns, then comes an array for
 * each row, and the last line is an object with the number of rows and the warnings, or the error that ended them. Thread-safe.
 */
final class SqlEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(SqlEndpoint.class);

    private final SessionFactory sessions;
    private final RunningQueries queries;
    private final ClientWatches watches;
    private final JsonFactory json = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    SqlEndpoint(SessionFactory sessions, RunningQueries queries, ClientWatches watches) {
        this.watches = watches;
        this.sessions = sessions;
        this.queries = queries;
    }

    void handle(Context context, byte[] body, Principal principal) throws IOException {
        boolean begun = false;
        try {
            SqlRequest request = SqlRequest.parse(body);
            try (Session session = sessions.open(principal, request.settings())) {
                PreparedQuery query = session.prepare(request.sql());
                QueryRun run = query.run(request.parameters(), new RunOptions(request.timeout(), request.maxRows()));
                queries.started(run, principal);
                try {
                    Optional<ColumnBatch> first = next(context, run);
                    begun = true;
                    stream(context, run, first);
                } finally {
                    queries.ended(run);
                    run.close();
                }
            }
        } catch (QueryException e) {
            if (begun) {
                throw e;
            }
            context.status(status(e.code())).contentType("application/json; charset=utf-8");
            JsonGenerator out = json.createGenerator(context.res().getOutputStream());
            error(out, e);
            out.close();
        }
    }

    private void stream(Context context, QueryRun run, Optional<ColumnBatch> first) throws IOException {
        context.contentType("application/x-ndjson; charset=utf-8");
        JsonGenerator out = json.createGenerator(context.res().getOutputStream());
        out.setRootValueSeparator(null);
        columns(out, run);
        long rows = 0;
        @Nullable QueryException failure = null;
        try {
            Optional<ColumnBatch> batch = first;
            while (batch.isPresent()) {
                rows += rows(out, run.columns(), batch.get());
                out.flush();
                batch = next(context, run);
            }
        } catch (QueryException e) {
            failure = e;
        }
        if (failure == null) {
            end(out, run, rows);
        } else {
            error(out, failure);
        }
        out.writeRaw('\n');
        out.close();
    }

    /** Watched only while rows are waited for: once the response is whole, the client's next request may come. */
    private Optional<ColumnBatch> next(Context context, QueryRun run) {
        try (ClientWatches.Watch watch = watches.watch(context, run::cancel)) {
            return run.next();
        }
    }

    private static void columns(JsonGenerator out, QueryRun run) throws IOException {
        out.writeStartObject();
        out.writeStringField("queryId", run.queryId());
        out.writeArrayFieldStart("columns");
        for (ResultColumn column : run.columns()) {
            out.writeStartObject();
            out.writeStringField("name", column.label());
            out.writeStringField("type", column.type().toString());
            out.writeBooleanField("nullable", column.nullable());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
        out.writeRaw('\n');
    }

    private static long rows(JsonGenerator out, List<ResultColumn> columns, ColumnBatch batch) throws IOException {
        for (int row = 0; row < batch.rows(); row++) {
            out.writeStartArray();
            for (int i = 0; i < columns.size(); i++) {
                JsonValue.write(
                        out, columns.get(i).type(), batch.columns().get(i).get(row));
            }
            out.writeEndArray();
            out.writeRaw('\n');
        }
        return batch.rows();
    }

    private static void end(JsonGenerator out, QueryRun run, long rows) throws IOException {
        out.writeStartObject();
        out.writeNumberField("rows", rows);
        out.writeArrayFieldStart("warnings");
        for (QueryRun.QueryWarning warning : run.warnings()) {
            out.writeStartObject();
            out.writeStringField("sqlstate", warning.sqlState());
            out.writeStringField("message", warning.message());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void error(JsonGenerator out, QueryException e) throws IOException {
        if (e.code().kind() == ErrorKind.INTERNAL) {
            LOG.error("query failed", e);
        }
        out.writeStartObject();
        out.writeObjectFieldStart("error");
        out.writeStringField("code", e.code().name());
        out.writeStringField("sqlstate", e.sqlState());
        out.writeStringField("message", String.valueOf(e.getMessage()));
        out.writeEndObject();
        out.writeEndObject();
    }

    private static int status(ErrorCode code) {
        return switch (code.kind()) {
            case USER -> code == ErrorCode.ACCESS_DENIED ? 403 : 400;
            case RESOURCE -> code == ErrorCode.TIMED_OUT ? 504 : 503;
            case SOURCE -> 502;
            case INTERNAL -> 500;
        };
    }
}
