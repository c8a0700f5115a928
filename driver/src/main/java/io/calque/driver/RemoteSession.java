package io.calque.driver;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.proto.Responses;

/**
 * The conversation with one engine: typed requests over a transport. Cancel and fetch may come from any thread, the rest from one at a
 * time.
 *
 * <p>A statement that is not prepared exists on the server only while it has rows to give, so that a short query is one round
 * trip. When the server has forgotten the session (it restarted, or the session was idle too long), the session is opened
 * anew, with what {@code SET} had changed, and the request is sent again; only a result that was being read is lost.
 */
final class RemoteSession {
    private static final int MISSING_CONNECTION = 1;
    private static final int IDLE_SECONDS = 5;

    private final Transport transport;
    private final Map<String, String> openProperties;
    private final String id = UUID.randomUUID().toString();
    private final AtomicInteger statements = new AtomicInteger();
    /** Statements that the server keeps until they are closed: prepared ones. */
    private final Set<Integer> known = Collections.newSetFromMap(new ConcurrentHashMap<>());
    /** Statements whose rows have not all been read; with the last of them the server forgets what is not prepared. */
    private final Set<Integer> unread = Collections.newSetFromMap(new ConcurrentHashMap<>());

    private final Map<String, String> changedSettings = new LinkedHashMap<>();
    private Common.ConnectionProperties changedProperties;
    private ExecutorService requests;

    RemoteSession(Transport transport, Map<String, String> openProperties) {
        this.transport = transport;
        this.openProperties = openProperties;
    }

    String id() {
        return id;
    }

    void open() throws SQLException {
        Requests.OpenConnectionRequest request = Requests.OpenConnectionRequest.newBuilder()
                .setConnectionId(id)
                .putAllInfo(openProperties)
                .putInfo(WireFields.OPEN_PROPERTY, WireFields.FRAME_VERSION)
                .build();
        send(request, Bounds.NONE);
    }

    void close() throws SQLException {
        try {
            Common.WireMessage response = exchange(
                    Requests.CloseConnectionRequest.newBuilder()
                            .setConnectionId(id)
                            .build(),
                    Bounds.NONE);
            if (WireMessages.isError(response) && !isMissingConnection(response)) {
                throw ServerError.of(WireMessages.error(response));
            }
        } finally {
            synchronized (known) {
                if (requests != null) {
                    requests.shutdown();
                    requests = null;
                }
            }
            transport.close();
        }
    }

    int newStatement() {
        return statements.incrementAndGet();
    }

    Meta.StatementHandle prepare(String sql) throws SQLException {
        Responses.PrepareResponse response = call(
                Requests.PrepareRequest.newBuilder()
                        .setConnectionId(id)
                        .setSql(sql)
                        .setMaxRowsTotal(-1)
                        .build(),
                Responses.PrepareResponse.parser());
        Common.StatementHandle handle = response.getStatement();
        known.add(handle.getId());
        return new Meta.StatementHandle(id, handle.getId(), signature(handle.getSignature()));
    }

    /** Runs a text; the page has no signature when the statement returns no rows. */
    ResultPage execute(int statement, String sql, Bounds bounds) throws SQLException {
        Requests.PrepareAndExecuteRequest request = Requests.PrepareAndExecuteRequest.newBuilder()
                .setConnectionId(id)
                .setStatementId(statement)
                .setSql(sql)
                .setMaxRowsTotal(bounds.maxRows() == 0 ? -1 : bounds.maxRows())
                .setFirstFrameMaxSize(bounds.frameRows() == 0 ? -1 : bounds.frameRows())
                .build();
        ResultPage page = executed(statement, send(request, bounds));
        if (page.signature() == null) {
            remember(sql);
        }
        return page;
    }

    /**
     * Runs a prepared statement.
     *
     * @return null when the server has forgotten the statement: prepare it again
     */
    ResultPage executePrepared(int statement, List<Common.TypedValue> parameters, Bounds bounds) throws SQLException {
        Requests.ExecuteRequest request = Requests.ExecuteRequest.newBuilder()
                .setStatementHandle(Common.StatementHandle.newBuilder()
                        .setConnectionId(id)
                        .setId(statement)
                        .build())
                .addAllParameterValues(parameters)
                .setHasParameterValues(true)
                .setFirstFrameMaxSize(bounds.frameRows() == 0 ? -1 : bounds.frameRows())
                .build();
        return executed(statement, send(request, bounds));
    }

    private ResultPage executed(int statement, Common.WireMessage response) throws SQLException {
        Responses.ExecuteResponse executed = WireMessages.unwrap(response, Responses.ExecuteResponse.parser());
        if (executed.getMissingStatement()) {
            known.remove(statement);
            return null;
        }
        Responses.ResultSetResponse result = executed.getResults(0);
        if (!result.hasSignature()) {
            return new ResultPage(null, ColumnFrame.empty(), true, null, WireMessages.warnings(response));
        }
        return page(statement, signature(result.getSignature()), result.getFirstFrame(), response, -1);
    }

    /** The rows from an offset on. */
    ResultPage fetch(int statement, long offset, int columns, int frameRows) throws SQLException {
        Requests.FetchRequest request = Requests.FetchRequest.newBuilder()
                .setConnectionId(id)
                .setStatementId(statement)
                .setOffset(offset)
                .setFrameMaxSize(frameRows == 0 ? -1 : frameRows)
                .build();
        Common.WireMessage response = exchange(request, Bounds.NONE);
        if (WireMessages.isError(response)) {
            throw isMissingConnection(response) ? resultLost() : ServerError.of(WireMessages.error(response));
        }
        Responses.FetchResponse fetched = WireMessages.unwrap(response, Responses.FetchResponse.parser());
        if (fetched.getMissingStatement() || fetched.getMissingResults()) {
            throw resultLost();
        }
        return page(statement, null, fetched.getFrame(), response, columns);
    }

    /** Starts a request beside what the caller does. */
    CompletableFuture<ResultPage> ahead(Callable<ResultPage> request) {
        CompletableFuture<ResultPage> page = new CompletableFuture<>();
        requests().execute(() -> {
            try {
                page.complete(request.call());
            } catch (Exception | Error e) {
                page.completeExceptionally(e);
            }
        });
        return page;
    }

    private Executor requests() {
        synchronized (known) {
            if (requests == null) {
                requests = new ThreadPoolExecutor(
                        0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                            Thread thread = new Thread(task, "calque-jdbc-ahead");
                            thread.setDaemon(true);
                            return thread;
                        });
            }
            return requests;
        }
    }

    private static SQLException resultLost() {
        // running the query again could give other rows in another order: that is for the caller to decide
        return new SQLNonTransientConnectionException(
                "The rest of this result is gone: the server was restarted or the result was idle too long. Run the query again",
                "08003");
    }

    private ResultPage page(
            int statement, Meta.Signature signature, Common.Frame frame, Common.WireMessage response, int columns)
            throws SQLException {
        if (frame.getDone()) {
            unread.remove(statement);
        } else {
            unread.add(statement);
        }
        byte[] rows = WireMessages.frame(response);
        int width = signature == null ? columns : signature.columns.size();
        return new ResultPage(
                signature,
                rows == null ? ColumnFrame.empty() : ColumnFrame.read(rows, width),
                frame.getDone(),
                WireMessages.queryId(response),
                WireMessages.warnings(response));
    }

    /** Stops what the statement runs, if it still runs. */
    void cancel(int statement) throws SQLException {
        own(WireFields.CANCEL, statement);
    }

    /** Gives up the rest of a result. */
    void closeResult(int statement) throws SQLException {
        own(WireFields.CLOSE_RESULT, statement);
    }

    private void own(String name, int statement) throws SQLException {
        Requests.CloseStatementRequest request = Requests.CloseStatementRequest.newBuilder()
                .setConnectionId(id)
                .setStatementId(statement)
                .build();
        Common.WireMessage response = WireMessages.parse(transport.exchange(WireMessages.ownRequest(name, request)));
        if (WireMessages.isError(response) && !isMissingConnection(response)) {
            throw ServerError.of(WireMessages.error(response));
        }
    }

    void closeStatement(int statement) throws SQLException {
        boolean rowsLeft = unread.remove(statement);
        if (!known.remove(statement) && !rowsLeft) {
            return;
        }
        Requests.CloseStatementRequest request = Requests.CloseStatementRequest.newBuilder()
                .setConnectionId(id)
                .setStatementId(statement)
                .build();
        Common.WireMessage response = exchange(request, Bounds.NONE);
        if (WireMessages.isError(response) && !isMissingConnection(response)) {
            throw ServerError.of(WireMessages.error(response));
        }
    }

    /** Changes properties, and reads them all back. */
    Common.ConnectionProperties sync(Common.ConnectionProperties changes) throws SQLException {
        Common.ConnectionProperties properties = call(
                        Requests.ConnectionSyncRequest.newBuilder()
                                .setConnectionId(id)
                                .setConnProps(changes)
                                .build(),
                        Responses.ConnectionSyncResponse.parser())
                .getConnProps();
        changedProperties = properties;
        return properties;
    }

    private <T> T call(Message request, Parser<T> parser) throws SQLException {
        return WireMessages.unwrap(send(request, Bounds.NONE), parser);
    }

    private Common.WireMessage send(Message request, Bounds bounds) throws SQLException {
        Common.WireMessage response = exchange(request, bounds);
        if (isMissingConnection(response)) {
            reopen();
            response = exchange(request, bounds);
        }
        if (WireMessages.isError(response)) {
            throw ServerError.of(WireMessages.error(response));
        }
        return response;
    }

    private void reopen() throws SQLException {
        known.clear();
        unread.clear();
        open();
        if (changedProperties != null) {
            sync(changedProperties);
        }
        for (String sql : changedSettings.values()) {
            Requests.PrepareAndExecuteRequest request = Requests.PrepareAndExecuteRequest.newBuilder()
                    .setConnectionId(id)
                    .setStatementId(newStatement())
                    .setSql(sql)
                    .setMaxRowsTotal(-1)
                    .setFirstFrameMaxSize(-1)
                    .build();
            Common.WireMessage response = exchange(request, Bounds.NONE);
            if (WireMessages.isError(response)) {
                throw ServerError.of(WireMessages.error(response));
            }
        }
    }

    private void remember(String sql) {
        String[] words = sql.trim().toLowerCase(Locale.ROOT).split("[\\s=]+", 3);
        if (words.length < 2) {
            return;
        }
        if (words[0].equals("set")) {
            changedSettings.remove(words[1]);
            changedSettings.put(words[1], sql);
        } else if (words[0].equals("reset")) {
            changedSettings.remove(words[1].replace(";", ""));
        }
    }

    private Common.WireMessage exchange(Message request, Bounds bounds) throws SQLException {
        return WireMessages.parse(transport.exchange(WireMessages.request(request, bounds, transport.isSlow())));
    }

    private static boolean isMissingConnection(Common.WireMessage response) throws SQLException {
        return WireMessages.isError(response) && WireMessages.error(response).getErrorCode() == MISSING_CONNECTION;
    }

    private static Meta.Signature signature(Common.Signature proto) {
        return Meta.Signature.fromProto(proto);
    }
}
