package io.calque.app;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.calque.app.avatica.AvaticaService;
import io.calque.engine.EngineConfig;
import io.calque.engine.QueryEngine;
import io.calque.engine.SourceSet;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.catalog.Catalog;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ViewDescriptor;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.proto.Responses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a few statements over an engine of its own, which has no sources, while the server is still put together on another thread: the
 * first client then finds most classes loaded. What they leave behind in the engine's log is nobody's. Thread-safe.
 */
final class EarlyStatements implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EarlyStatements.class);
    private static final String CONNECTION = "early";

    static final List<String> STATEMENTS = List.of(
            "SELECT 1",
            "SELECT query_id, row_count FROM system.system.queries WHERE query_id = 'x'",
            "SELECT q.query_id, o.label FROM system.system.queries q"
                    + " JOIN (VALUES (1, 'a'), (2, 'b')) AS o(id, label) ON q.row_count = o.id WHERE q.row_count <= 10");

    private final Clock clock;

    EarlyStatements(Clock clock) {
        this.clock = clock;
    }

    /** Starts at once, in a thread of its own that keeps no process alive. */
    void start() {
        Thread thread = new Thread(this, "calque-early-statements");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        try (QueryEngine engine = engine();
                AvaticaService service = new AvaticaService(engine)) {
            answer(service);
            LOG.debug("early statements answered ms={}", (System.nanoTime() - start) / 1_000_000);
        } catch (QueryException e) {
            // only the first client's time is at stake
            LOG.debug("early statements not answered: {}", e.getMessage());
        }
    }

    QueryEngine engine() {
        return new QueryEngine(
                EngineConfig.defaults(),
                NO_TABLES,
                new SourceSet(List.of()),
                AccessPolicy.allowAll(),
                List.of(),
                clock);
    }

    private static void answer(AvaticaService service) {
        send(
                service,
                Requests.OpenConnectionRequest.newBuilder()
                        .setConnectionId(CONNECTION)
                        .build());
        for (String sql : STATEMENTS) {
            byte[] created = send(
                    service,
                    Requests.CreateStatementRequest.newBuilder()
                            .setConnectionId(CONNECTION)
                            .build());
            send(
                    service,
                    Requests.PrepareAndExecuteRequest.newBuilder()
                            .setConnectionId(CONNECTION)
                            .setStatementId(statement(created))
                            .setSql(sql)
                            .setMaxRowsTotal(-1)
                            .setFirstFrameMaxSize(100)
                            .build());
        }
        send(
                service,
                Requests.CloseConnectionRequest.newBuilder()
                        .setConnectionId(CONNECTION)
                        .build());
    }

    private static int statement(byte[] created) {
        try {
            return Responses.CreateStatementResponse.parseFrom(
                            Common.WireMessage.parseFrom(created).getWrappedMessage())
                    .getStatementId();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("The service does not speak its own protocol", e);
        }
    }

    private static byte[] send(AvaticaService service, Message request) {
        return service.handle(Common.WireMessage.newBuilder()
                .setName(request.getClass().getName())
                .setWrappedMessage(request.toByteString())
                .build()
                .toByteArray());
    }

    /** Knows nothing but what the engine itself has. */
    private static final Catalog NO_TABLES = new Catalog() {
        private final CatalogSnapshot empty = new CatalogSnapshot(0, Instant.EPOCH, List.of(), List.of());

        @Override
        public CatalogSnapshot current() {
            return empty;
        }

        @Override
        public void createView(ViewDescriptor view, Existing existing) {
            throw new QueryException(ErrorCode.NOT_SUPPORTED, "No view is kept here");
        }

        @Override
        public boolean dropView(String name) {
            return false;
        }
    };
}
