package io.calque.mongodb;

import com.mongodb.MongoNamespace;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.bson.BsonArray;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * Speaks just enough of MongoDB's wire protocol (OP_MSG, and OP_QUERY for the first hello) to be introspected and scanned, and answers as
 * MongoDB's documentation shows its replies. It holds documents as bytes, so any BSON type, and collections of any kind: what the embedded
 * server cannot hold is tested against this. It computes nothing: a filter or an unknown stage is an error. Thread-safe.
 */
public final class RecordedServer implements AutoCloseable {
    private static final int OP_REPLY = 1;
    private static final int OP_QUERY = 2004;
    private static final int OP_MSG = 2013;
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final ServerSocket listener;
    private final Map<MongoNamespace, Stored> collections = new ConcurrentHashMap<>();
    private final Map<String, UnaryOperator<BsonDocument>> recorded = new ConcurrentHashMap<>();
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());

    public RecordedServer() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /**
     * @param listed the entry of {@code listCollections}
     * @param indexes the entries of {@code listIndexes}
     */
    public record Stored(BsonDocument listed, List<BsonDocument> indexes, List<BsonDocument> documents) {}

    public int port() {
        return listener.getLocalPort();
    }

    public void put(String database, Stored stored) {
        collections.put(
                new MongoNamespace(database, stored.listed().getString("name").getValue()), stored);
    }

    /** Answers a command with this reply instead. */
    public void record(String command, UnaryOperator<BsonDocument> reply) {
        recorded.put(command, reply);
    }

    /** As MongoDB says no. */
    public static BsonDocument refusal(int code, String name, String message) {
        return new BsonDocument("ok", new BsonDouble(0))
                .append("errmsg", new BsonString(message))
                .append("code", new BsonInt32(code))
                .append("codeName", new BsonString(name));
    }

    public static BsonDocument cursor(String namespace, List<? extends BsonValue> batch) {
        return ok(new BsonDocument(
                "cursor",
                new BsonDocument("id", new BsonInt64(0))
                        .append("ns", new BsonString(namespace))
                        .append("firstBatch", new BsonArray(batch))));
    }

    public static BsonDocument ok(BsonDocument reply) {
        return reply.append("ok", new BsonDouble(1));
    }

    private BsonDocument answer(BsonDocument command) {
        String name = command.getFirstKey();
        UnaryOperator<BsonDocument> reply = recorded.get(name);
        if (reply != null) {
            return reply.apply(command);
        }
        String database = command.getString("$db", new BsonString("admin")).getValue();
        return switch (name) {
            case "hello", "isMaster", "ismaster" -> hello();
            case "ping", "endSessions", "killCursors" -> ok(new BsonDocument());
            case "buildInfo" -> ok(new BsonDocument("version", new BsonString("7.0.5")));
            case "listDatabases" -> ok(new BsonDocument("databases", databases()));
            case "listCollections" -> cursor(database + ".$cmd.listCollections", listed(database));
            default -> ofCollection(name, command, database);
        };
    }

    private BsonDocument ofCollection(String name, BsonDocument command, String database) {
        BsonValue collection = command.get(name);
        Stored stored = collection != null && collection.isString()
                ? collections.get(
                        new MongoNamespace(database, collection.asString().getValue()))
                : null;
        if (stored == null) {
            return refusal(59, "CommandNotFound", "no such command or collection: " + command.toJson());
        }
        String namespace = database + "." + collection.asString().getValue();
        boolean view = stored.listed().getString("type").getValue().equals("view");
        return switch (name) {
            case "listIndexes" ->
                view
                        ? refusal(
                                166,
                                "CommandNotSupportedOnView",
                                "Namespace " + namespace + " is a view, not a collection")
                        : cursor(namespace, stored.indexes());
            case "collStats" ->
                view
                        ? refusal(
                                166,
                                "CommandNotSupportedOnView",
                                "Namespace " + namespace + " is a view, not a collection")
                        : statistics(namespace, stored);
            case "count" ->
                ok(new BsonDocument("n", new BsonInt32(stored.documents().size())));
            case "find" -> cursor(namespace, find(command, stored.documents()));
            case "aggregate" -> aggregate(command, namespace, stored);
            default -> refusal(59, "CommandNotFound", "no such command: '" + name + "'");
        };
    }

    private static BsonDocument hello() {
        return ok(new BsonDocument("ismaster", BsonBoolean.TRUE)
                .append("isWritablePrimary", BsonBoolean.TRUE)
                .append("maxBsonObjectSize", new BsonInt32(16 << 20))
                .append("maxMessageSizeBytes", new BsonInt32(48_000_000))
                .append("maxWriteBatchSize", new BsonInt32(100_000))
                .append("localTime", new BsonDateTime(0))
                .append("minWireVersion", new BsonInt32(0))
                .append("maxWireVersion", new BsonInt32(21))
                .append("readOnly", BsonBoolean.FALSE));
    }

    private BsonArray databases() {
        BsonArray names = new BsonArray();
        collections.keySet().stream()
                .map(MongoNamespace::getDatabaseName)
                .distinct()
                .sorted()
                .forEach(name -> names.add(new BsonDocument("name", new BsonString(name))));
        return names;
    }

    private List<BsonDocument> listed(String database) {
        Map<String, BsonDocument> listed = new TreeMap<>();
        collections.forEach((name, stored) -> {
            if (name.getDatabaseName().equals(database)) {
                listed.put(name.getCollectionName(), stored.listed());
            }
        });
        return List.copyOf(listed.values());
    }

    private static BsonDocument statistics(String namespace, Stored stored) {
        long bytes = stored.documents().stream().mapToLong(d -> bytes(d).length).sum();
        return ok(new BsonDocument("ns", new BsonString(namespace))
                .append("size", new BsonInt64(bytes))
                .append("count", new BsonInt64(stored.documents().size()))
                .append("storageSize", new BsonInt64(4096)));
    }

    /** Documents in the order of the collection, or backwards; a projection may send more than was asked for. */
    private static List<BsonDocument> find(BsonDocument command, List<BsonDocument> documents) {
        if (!command.getDocument("filter", new BsonDocument()).isEmpty()) {
            throw new IllegalArgumentException("a filter: " + command.toJson());
        }
        List<BsonDocument> found = new ArrayList<>(documents);
        if (command.containsKey("sort")) {
            Collections.reverse(found);
        }
        int limit = command.getNumber("limit", new BsonInt32(0)).intValue();
        return limit == 0 ? found : found.subList(0, Math.min(limit, found.size()));
    }

    private static BsonDocument aggregate(BsonDocument command, String namespace, Stored stored) {
        String pipeline = command.getArray("pipeline").toString();
        if (pipeline.contains("\"$group\"")) {
            BsonDocument counted = new BsonDocument("_id", new BsonInt32(1))
                    .append("n", new BsonInt32(stored.documents().size()));
            return cursor(namespace, stored.documents().isEmpty() ? List.of() : List.of(counted));
        }
        // How text is ordered: by code point.
        if (pipeline.contains("\"r\"")) {
            return cursor(
                    namespace,
                    stored.documents().isEmpty() ? List.of() : List.of(new BsonDocument("r", BsonBoolean.TRUE)));
        }
        return refusal(40324, "Location40324", "Unrecognized pipeline: " + pipeline);
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket socket = listener.accept();
            open.add(socket);
            start(() -> serve(socket));
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (EOFException | SocketException e) {
                        // The client or the test is done.
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "recorded-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                ByteBuffer header = little(in.readNBytes(16));
                if (header.remaining() < 16) {
                    return;
                }
                int length = header.getInt();
                int request = header.getInt();
                header.getInt();
                int code = header.getInt();
                ByteBuffer body = little(in.readNBytes(length - 16));
                byte[] reply = bytes(reply(command(code, body)));
                socket.getOutputStream().write(code == OP_QUERY ? queryReply(request, reply) : message(request, reply));
            }
        }
    }

    private BsonDocument reply(BsonDocument command) {
        try {
            return answer(command);
        } catch (RuntimeException e) {
            return refusal(8, "UnknownError", e.toString());
        }
    }

    private static BsonDocument command(int code, ByteBuffer body) {
        body.getInt();
        if (code == OP_QUERY) {
            while (body.get() != 0) {
                // The name of a collection, of no use here.
            }
            body.getLong();
            return document(body);
        }
        if (code != OP_MSG || body.get() != 0) {
            throw new IllegalArgumentException("not a plain message: " + code);
        }
        return document(body);
    }

    private static BsonDocument document(ByteBuffer body) {
        try (BsonBinaryReader reader = new BsonBinaryReader(body.slice().order(ByteOrder.LITTLE_ENDIAN))) {
            return CODEC.decode(reader, DecoderContext.builder().build());
        }
    }

    private static byte[] bytes(BsonDocument document) {
        BasicOutputBuffer buffer = new BasicOutputBuffer();
        try (BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
        }
        return buffer.toByteArray();
    }

    private static byte[] queryReply(int request, byte[] document) {
        return framed(
                request,
                OP_REPLY,
                20 + document.length,
                b -> b.putInt(8).putLong(0).putInt(0).putInt(1).put(document));
    }

    private static byte[] message(int request, byte[] document) {
        return framed(
                request,
                OP_MSG,
                5 + document.length,
                b -> b.putInt(0).put((byte) 0).put(document));
    }

    private static byte[] framed(int request, int code, int length, UnaryOperator<ByteBuffer> body) {
        ByteBuffer buffer = little(new byte[16 + length]);
        buffer.putInt(16 + length).putInt(request).putInt(request).putInt(code);
        return body.apply(buffer).array();
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        try {
            listener.close();
            synchronized (open) {
                for (Socket socket : open) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
