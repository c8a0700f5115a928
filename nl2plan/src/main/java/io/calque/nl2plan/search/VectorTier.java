package io.calque.nl2plan.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.calque.nl2plan.embed.Embedder;
import io.calque.nl2plan.embed.MiniLm;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedder behind the last tier of search: loaded in the background when a question first needs it. Where it cannot be had, the other
 * tiers stand. Thread-safe.
 */
public final class VectorTier {
    private static final Logger LOG = LoggerFactory.getLogger(VectorTier.class);
    private static final int REMEMBERED = 1_000;

    private final String name;
    private final Supplier<Optional<Embedder>> loader;
    private final Executor background;
    private final Duration budget;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final Cache<String, float[]> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private volatile Optional<Embedder> embedder = Optional.empty();
    private volatile VectorState state;

    /**
     * @param name of the embedder, known before it is loaded
     * @param loader reads it; empty where it is missing
     * @param background where it is loaded and names are made vectors of
     * @param budget how long names may be made vectors of, in one process
     */
    public VectorTier(String name, Supplier<Optional<Embedder>> loader, Executor background, Duration budget) {
        this(name, loader, background, budget, VectorState.NOT_ASKED);
    }

    private VectorTier(
            String name, Supplier<Optional<Embedder>> loader, Executor background, Duration budget, VectorState state) {
        this.name = name;
        this.loader = loader;
        this.background = background;
        this.budget = budget;
        this.state = state;
    }

    public static VectorTier off() {
        return new VectorTier("", Optional::empty, task -> {}, Duration.ZERO, VectorState.OFF);
    }

    /** MiniLM, computed in this process. */
    public static VectorTier miniLm(Executor background, Duration budget) {
        return new VectorTier(MiniLm.NAME, MiniLm::load, background, budget);
    }

    boolean isOff() {
        return state == VectorState.OFF;
    }

    String name() {
        return name;
    }

    VectorState state() {
        return state;
    }

    void state(VectorState now) {
        state = now;
    }

    Duration budget() {
        return budget;
    }

    /**
     * Has it loaded, unless it was before.
     *
     * @param then what runs in the background once it is
     */
    void start(Runnable then) {
        if (isOff() || !started.compareAndSet(false, true)) {
            return;
        }
        state = VectorState.LOADING;
        background.execute(() -> {
            try {
                embedder = loader.get();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("the embedding model does not work here; search goes on without vectors", e);
            }
            if (embedder.isEmpty()) {
                LOG.info("no embedding model; search goes on without vectors");
                state = VectorState.UNAVAILABLE;
            } else {
                then.run();
            }
            loaded.countDown();
        });
    }

    /** Waits until all names have vectors, or the time is over. */
    void await(Duration patience) {
        try {
            if (!loaded.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("search does not wait for vectors any longer state={}", state);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs what makes vectors of more names. */
    void execute(Runnable task) {
        background.execute(task);
    }

    /** Empty while there is no embedder. */
    Optional<float[]> vector(String text) {
        return embedder.map(e -> known.get(text, e::embed));
    }
}
