package io.calque.app.avatica;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.calque.engine.SessionFactory;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.access.Principal;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.proto.Responses;
import org.apache.calcite.avatica.remote.JsonHandler;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.remote.ProtobufHandler;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Avatica protocol over an engine: one request in, one response out, over HTTP or in process. Thread-safe; closing it closes
 * all connections.
 *
 * <p>Failures of a request are responses too. Only bytes that are no request at all are an exception.
 */
public final class AvaticaService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AvaticaService.class);
    private static final Duration SWEEP = Duration.ofSeconds(15);

    private final RunningQueries queries;
    private final Connections connections;
    private final AvaticaOptions options;
    private final ProtobufTranslation protobuf = new ProtobufTranslationImpl();
    private final ScheduledExecutorService sweeper;

    public AvaticaService(SessionFactory sessions) {
        this(sessions, AvaticaOptions.DEFAULT, InstantSource.system(), new RunningQueries());
    }

    public AvaticaService(
            SessionFactory sessions, AvaticaOptions options, InstantSource clock, RunningQueries queries) {
        this.queries = queries;
        this.connections = new Connections(sessions, options, clock, queries);
        this.options = options;
        this.sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "calque-expiry");
            thread.setDaemon(true);
            return thread;
        });
        sweeper.scheduleWithFixedDelay(this::expire, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * What goes back for a request.
     *
     * @param failed whether the body is an error response
     */
    public record Reply<T>(T body, boolean failed) {}

    /** Bytes that are no request: the message says why, and is fit for the client. */
    public static final class MalformedRequestException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedRequestException(String message) {
            super(message);
        }
    }

    /**
     * Answers one protobuf request of the local user, as an engine in process does; the error response of a malformed one is
     * an error response too.
     */
    public byte[] handle(byte[] request) {
        try {
            return handle(request, Principal.LOCAL).body();
        } catch (MalformedRequestException e) {
            return serialize(
                    ErrorResponses.of(new QueryException(ErrorCode.INVALID_PARAMETER, String.valueOf(e.getMessage()))));
        }
    }

    /** Answers one protobuf request. */
    public Reply<byte[]> handle(byte[] request, Principal principal) throws MalformedRequestException {
        Common.WireMessage wire = parse(request);
        Call call = Call.of(principal, wire.getUnknownFields());
        try {
            if (wire.getName().equals(WireFields.CANCEL) || wire.getName().equals(WireFields.CLOSE_RESULT)) {
                return new Reply<>(own(wire, principal), false);
            }
            Answering handler = new Answering();
            byte[] response = new ProtobufHandler(service(call), protobuf, NoopMetricsSystem.getInstance()) {
                @Override
                public HandlerResponse<byte[]> convertToErrorResponse(Exception e) {
                    return new HandlerResponse<>(serialize(handler.failed(e)), HTTP_INTERNAL_SERVER_ERROR);
                }
            }.apply(request).getResponse();
            handler.throwIfMalformed("protobuf");
            return new Reply<>(handler.hasFailed() ? response : appended(response, call), handler.hasFailed());
        } catch (RuntimeException e) {
            return new Reply<>(serialize(ErrorResponses.of(e)), true);
        }
    }

    /** Answers one JSON request. */
    public Reply<String> handleJson(String request, Principal principal) throws MalformedRequestException {
        Answering handler = new Answering();
        String response = new JsonHandler(service(Call.plain(principal)), NoopMetricsSystem.getInstance()) {
            @Override
            public HandlerResponse<String> convertToErrorResponse(Exception e) {
                return new HandlerResponse<>(json(handler.failed(e)), HTTP_INTERNAL_SERVER_ERROR);
            }
        }.apply(request).getResponse();
        handler.throwIfMalformed("JSON");
        return new Reply<>(response, handler.hasFailed());
    }

    /** Remembers how one request went, as Avatica's handlers turn every failure into a response. */
    private static final class Answering {
        private @Nullable Exception failure;

        Service.ErrorResponse failed(Exception e) {
            failure = e;
            return ErrorResponses.of(e);
        }

        boolean hasFailed() {
            return failure != null;
        }

        void throwIfMalformed(String form) throws MalformedRequestException {
            // only decoding a request throws checked exceptions
            if (failure instanceof IOException) {
                throw new MalformedRequestException("The body is not a request of the Avatica " + form + " protocol");
            }
        }
    }

    private Service service(Call call) {
        return new LocalService(new EngineMeta(connections, options, call));
    }

    private static Common.WireMessage parse(byte[] request) throws MalformedRequestException {
        try {
            Common.WireMessage wire = Common.WireMessage.parseFrom(request);
            if (!isKnown(wire.getName())) {
                throw new MalformedRequestException("The body is not a request of the Avatica protobuf protocol");
            }
            return wire;
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedRequestException("The body is not a request of the Avatica protobuf protocol");
        }
    }

    private static boolean isKnown(String name) {
        if (name.equals(WireFields.CANCEL) || name.equals(WireFields.CLOSE_RESULT)) {
            return true;
        }
        try {
            ProtobufTranslationImpl.getParserForRequest(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private byte[] own(Common.WireMessage wire, Principal principal) {
        Requests.CloseStatementRequest target;
        try {
            target = Requests.CloseStatementRequest.parseFrom(wire.getWrappedMessage());
        } catch (InvalidProtocolBufferException e) {
            throw new QueryException(ErrorCode.INVALID_PARAMETER, "The request names no statement", e);
        }
        OpenStatement statement =
                connections.get(target.getConnectionId(), principal).find(target.getStatementId());
        if (statement != null) {
            statement.cancel();
            if (wire.getName().equals(WireFields.CLOSE_RESULT)) {
                statement.exclusively(() -> {
                    statement.closeResult();
                    return statement;
                });
            }
        }
        return Common.WireMessage.newBuilder()
                .setName("calque.Done")
                .setWrappedMessage(
                        Responses.CloseStatementResponse.getDefaultInstance().toByteString())
                .build()
                .toByteArray();
    }

    private static byte[] appended(byte[] response, Call call) {
        // concatenated protobuf messages are one message: the fields join the response without its being built again
        UnknownFieldSet beside = call.beside();
        int size = beside.getSerializedSize();
        if (size == 0) {
            return response;
        }
        byte[] all = Arrays.copyOf(response, response.length + size);
        try {
            beside.writeTo(CodedOutputStream.newInstance(all, response.length, size));
            return all;
        } catch (IOException e) {
            throw new IllegalStateException("a response cannot be written", e);
        }
    }

    private byte[] serialize(Service.Response response) {
        try {
            return protobuf.serializeResponse(response);
        } catch (IOException e) {
            throw new IllegalStateException("a response cannot be written", e);
        }
    }

    private static String json(Service.Response response) {
        try {
            return JsonService.MAPPER.writeValueAsString(response);
        } catch (IOException e) {
            throw new IllegalStateException("a response cannot be written", e);
        }
    }

    /**
     * What to do when the client of a request goes away while it is answered: the statement that it runs is cancelled. Does
     * nothing for requests that run no statement.
     */
    public Runnable interruption(byte[] request, Principal principal) {
        return () -> StatementOf.request(request)
                .ifPresent(target -> connections.cancel(target.connectionId, target.id, principal));
    }

    /** The queries that run now. */
    public RunningQueries queries() {
        return queries;
    }

    /** How many connections are open. */
    public int connections() {
        return connections.size();
    }

    /** Ends what was idle for too long; called regularly. */
    void expire() {
        try {
            connections.expire();
        } catch (RuntimeException e) {
            LOG.warn("expiry of idle connections failed, is tried again", e);
        }
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
        connections.close();
    }
}
