package io.calque.app.avatica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.app.fake.ScriptedEngine;
import io.calque.spi.access.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.proto.Responses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the service does with connections that are left alone, and with whom they belong to. */
@Timeout(60)
class AvaticaServiceTest {
    private final ScriptedEngine engine = new ScriptedEngine();
    private volatile Instant now = Instant.parse("2024-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final AvaticaService service = new AvaticaService(
            engine,
            new AvaticaOptions(Duration.ofMinutes(10), Duration.ofMinutes(5), 1 << 20),
            clock,
            new RunningQueries());

    @AfterEach
    void close() {
        service.close();
        assertThat(engine.openRuns()).isZero();
        assertThat(engine.openSessions()).isZero();
    }

    private Common.WireMessage send(com.google.protobuf.Message message, Principal principal) throws Exception {
        byte[] request = Common.WireMessage.newBuilder()
                .setName(message.getClass().getName())
                .setWrappedMessage(message.toByteString())
                .build()
                .toByteArray();
        return Common.WireMessage.parseFrom(service.handle(request, principal).body());
    }

    private Common.WireMessage send(com.google.protobuf.Message message) throws Exception {
        return send(message, Principal.LOCAL);
    }

    private void open(String id) throws Exception {
        send(Requests.OpenConnectionRequest.newBuilder().setConnectionId(id).build());
    }

    private int statement(String connection) throws Exception {
        Common.WireMessage response = send(Requests.CreateStatementRequest.newBuilder()
                .setConnectionId(connection)
                .build());
        return Responses.CreateStatementResponse.parseFrom(response.getWrappedMessage())
                .getStatementId();
    }

    private Common.WireMessage execute(String connection, int statement, String sql) throws Exception {
        return send(Requests.PrepareAndExecuteRequest.newBuilder()
                .setConnectionId(connection)
                .setStatementId(statement)
                .setSql(sql)
                .setMaxRowsTotal(-1)
                .setFirstFrameMaxSize(10)
                .build());
    }

    private Responses.FetchResponse fetch(String connection, int statement, long offset) throws Exception {
        Common.WireMessage response = send(Requests.FetchRequest.newBuilder()
                .setConnectionId(connection)
                .setStatementId(statement)
                .setOffset(offset)
                .setFrameMaxSize(10)
                .build());
        return Responses.FetchResponse.parseFrom(response.getWrappedMessage());
    }

    @Test
    void closesConnectionsThatNobodyUses() throws Exception {
        open("a");
        open("b");
        now = now.plus(Duration.ofMinutes(6));
        statement("b");
        now = now.plus(Duration.ofMinutes(6));
        service.expire();
        assertThat(service.connections()).isEqualTo(1);
        assertThat(engine.openSessions()).isEqualTo(1);
        Common.WireMessage response = send(Requests.CreateStatementRequest.newBuilder()
                .setConnectionId("a")
                .build());
        Responses.ErrorResponse error = Responses.ErrorResponse.parseFrom(response.getWrappedMessage());
        assertThat(error.getErrorCode()).isEqualTo(1);
    }

    @Test
    void closesStatementsThatNobodyUses() throws Exception {
        open("a");
        int old = statement("a");
        execute("a", old, "rows 1000");
        now = now.plus(Duration.ofMinutes(4));
        int fresh = statement("a");
        execute("a", fresh, "rows 1000");
        now = now.plus(Duration.ofMinutes(2));
        service.expire();
        assertThat(engine.openRuns()).isEqualTo(1);
        assertThat(fetch("a", old, 10).getMissingStatement()).isTrue();
        assertThat(fetch("a", fresh, 10).getFrame().getRowsCount()).isEqualTo(10);
    }

    @Test
    void neverExpiresWhatRuns() throws Exception {
        open("a");
        int statement = statement("a");
        CompletableFuture<Common.WireMessage> running = CompletableFuture.supplyAsync(() -> {
            try {
                return execute("a", statement, "wait");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(engine.waiting().await(20, TimeUnit.SECONDS)).isTrue();
        now = now.plus(Duration.ofHours(10));
        service.expire();
        assertThat(engine.openRuns()).isEqualTo(1);
        assertThat(running).isNotDone();
        assertThat(service.queries().cancel(engine.runningId(), Principal.LOCAL))
                .isTrue();
        assertThat(running.get(20, TimeUnit.SECONDS).getName()).endsWith("ErrorResponse");
    }

    @Test
    void saysWhenAResultIsMissing() throws Exception {
        open("a");
        int statement = statement("a");
        execute("a", statement, "rows 1000");
        assertThat(fetch("a", statement, 500).getMissingResults()).isTrue();
        assertThat(fetch("a", statement, 10).getFrame().getOffset()).isEqualTo(10);
    }

    @Test
    void keepsConnectionsToTheirOwners() throws Exception {
        open("a");
        Common.WireMessage response = send(
                Requests.CreateStatementRequest.newBuilder()
                        .setConnectionId("a")
                        .build(),
                new Principal("mallory", List.of()));
        Responses.ErrorResponse error = Responses.ErrorResponse.parseFrom(response.getWrappedMessage());
        assertThat(error.getSqlState()).isEqualTo("42501");
        send(
                Requests.CloseConnectionRequest.newBuilder()
                        .setConnectionId("a")
                        .build(),
                new Principal("mallory", List.of()));
        assertThat(service.connections()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoRequest() {
        assertThatThrownBy(() -> service.handle(new byte[] {1, 2, 3}, Principal.LOCAL))
                .isInstanceOf(AvaticaService.MalformedRequestException.class);
        assertThat(service.handle(new byte[] {1, 2, 3})).isNotEmpty();
    }
}
