package io.calque.mongodb;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.calque.mongodb.compiler.MongoCapabilities;
import io.calque.mongodb.compiler.PipelineCompiler;
import io.calque.mongodb.inference.MongoIntrospector;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One MongoDB deployment. Thread-safe; the client and its threads start on first use. */
final class MongoSource implements Source {
    private final SourceConfig config;
    private final MongoOptions options;
    private final MongoClientSettings settings;
    private final String address;
    private final Capabilities capabilities = new MongoCapabilities();
    private final FragmentCompiler compiler;
    private @Nullable MongoClient client;
    private boolean closed;
    private Optional<Boolean> snapshots = Optional.empty();

    MongoSource(SourceConfig config, MongoOptions options, MongoClientSettings settings) {
        this.config = config;
        this.options = options;
        this.settings = settings;
        this.address = options.url().isSrvProtocol()
                ? options.url().getHosts().get(0)
                : String.join(",", options.url().getHosts());
        this.compiler = new PipelineCompiler(config.id(), options.defaultDatabase());
    }

    @Override
    public SourceId id() {
        return config.id();
    }

    @Override
    public String kind() {
        return MongoAdapter.KIND;
    }

    @Override
    public int permits() {
        return config.permits();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Introspector introspector() {
        return new MongoIntrospector(
                config,
                options.databases(),
                credentialDatabase(),
                options.inference(),
                this::client,
                address,
                Clock.systemUTC());
    }

    private Optional<String> credentialDatabase() {
        return Optional.ofNullable(settings.getCredential()).map(MongoCredential::getSource);
    }

    @Override
    public FragmentCompiler compiler() {
        return compiler;
    }

    @Override
    public NativeQuery passThrough(String nativeText) {
        return new PassThrough(config.id(), address, options.defaultDatabase()).type(nativeText, this::client);
    }

    @Override
    public ReadSession begin(ReadOptions readOptions) {
        MongoClient connected = client();
        return MongoReadSession.open(
                config.id(), address, connected, readOptions, options.mismatch(), () -> servesSnapshots(connected));
    }

    /** Asked once: no server here offers snapshots, so a user's own must show that it does. */
    private synchronized boolean servesSnapshots(MongoClient connected) {
        if (snapshots.isEmpty()) {
            snapshots = Optional.of(options.snapshotReads()
                    && MongoReadSession.servesSnapshots(
                            connected, options.defaultDatabase().orElse("test")));
        }
        return snapshots.get();
    }

    private synchronized MongoClient client() {
        if (closed) {
            throw new QueryException(ErrorCode.SOURCE_UNAVAILABLE, "Source '" + config.id() + "' is closed");
        }
        if (client == null) {
            client = connect();
        }
        return client;
    }

    private MongoClient connect() {
        try {
            return MongoClients.create(settings);
        } catch (RuntimeException e) {
            // mongodb+srv resolves its hosts here.
            throw Failures.of(config.id(), address, "while connecting", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
