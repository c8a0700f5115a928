package io.calque.registry.store;

import io.calque.registry.annotate.AnnotationEdit;
import io.calque.registry.annotate.RelationshipDecision;
import io.calque.registry.annotate.WithheldValues;
import io.calque.registry.drift.CatalogChange;
import io.calque.registry.drift.CatalogDiff;
import io.calque.registry.drift.CatalogListener;
import io.calque.registry.drift.CatalogListener.Transition;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.Catalog;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.ViewDescriptor;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import io.calque.spi.ontology.OntologyEntry.Verified;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema registry: hands out immutable snapshots and publishes new versions, each as one transaction. Thread-safe; other
 * processes may use the same file, and what they publish is seen here within a second.
 */
public final class Registry implements Catalog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Registry.class);
    static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_EVERY_MILLIS = 1000;

    private final RegistryDatabase database;
    private final Clock clock;
    private final Object stateLock = new Object();
    private volatile State state;
    private final AtomicLong lookedAt;
    private final List<CatalogListener> listeners = new CopyOnWriteArrayList<>();

    private Registry(RegistryDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.state = database.read(c -> load(c, database.second(), StoredCatalog.EMPTY));
        database.useWal();
        this.lookedAt = new AtomicLong(clock.millis());
    }

    /**
     * Opens the registry in {@code file}, creating it where there is none.
     *
     * @throws QueryException REGISTRY_FAILED for a file that is damaged, of a newer layout, not ours or not writable; REGISTRY_BUSY
     *     when another process holds it for longer than five seconds
     */
    public static Registry open(Path file, Clock clock) {
        return open(file, clock, PATIENCE);
    }

    static Registry open(Path file, Clock clock, Duration patience) {
        return over(RegistryDatabase.open(file, patience), clock);
    }

    /** A registry that ends with the process. */
    public static Registry inMemory(Clock clock) {
        return over(RegistryDatabase.inMemory(), clock);
    }

    static Registry over(RegistryDatabase database, Clock clock) {
        try {
            return new Registry(database, clock);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The file's name in quotes, or {@code in memory}: for messages. */
    public String location() {
        return database.location();
    }

    @Override
    public CatalogSnapshot current() {
        long last = lookedAt.get();
        long now = clock.millis();
        // A clock set back looks at once, too.
        if (Math.abs(now - last) >= LOOK_EVERY_MILLIS && lookedAt.compareAndSet(last, now)) {
            look();
        }
        return state.catalog().snapshot();
    }

    /**
     * The newest published snapshot as the sources are: without overrides, and with relationships in the sources' own names.
     * This is what introspection compares with.
     */
    public CatalogSnapshot observed() {
        current();
        return state.catalog().observed();
    }

    private void look() {
        try {
            database.tryRead(c -> Sql.number(c, "PRAGMA data_version") == state.dataVersion() ? state : reload(c));
        } catch (QueryException e) {
            // Metadata goes on answering from what is in memory.
            LOG.warn("registry not refreshed version={} reason={}", state.version(), e.getMessage());
        }
    }

    private State reload(Connection connection) throws SQLException {
        State loaded = load(connection, database.second(), state.catalog());
        synchronized (stateLock) {
            if (loaded.version() >= state.version()) {
                state = loaded;
            }
            return state;
        }
    }

    private static State load(Connection connection, @Nullable Connection second, StoredCatalog known)
            throws SQLException {
        // Before the content, in the same transaction: a commit in between is seen as a change the next time.
        long dataVersion = Sql.number(connection, "PRAGMA data_version");
        return new State(new CatalogReader(connection, second).newest(known), dataVersion);
    }

    /** A version of the past, without the health of its sources; nothing when there was never such a version. */
    public Optional<CatalogSnapshot> snapshotAt(long version) {
        if (version == 0) {
            return Optional.of(StoredCatalog.EMPTY.snapshot());
        }
        return database.read(c -> Sql.number(c, "SELECT count(*) FROM versions WHERE version = ?1", version) == 0
                ? Optional.empty()
                : Optional.of(at(c, version).snapshot()));
    }

    private StoredCatalog at(Connection connection, long version) throws SQLException {
        return new CatalogReader(connection, database.second()).at(version, state.catalog());
    }

    /** All versions, oldest first. */
    public List<RegistryVersion> history() {
        return database.read(HistoryRows::versions);
    }

    /**
     * What differs between two versions, in either direction of time: of sources as they are, and of what was said of them.
     *
     * @throws QueryException OBJECT_NOT_FOUND when there is no such version
     */
    public List<CatalogChange> diff(long from, long to) {
        return database.read(c -> CatalogDiff.between(observedAt(c, from), observedAt(c, to)));
    }

    private CatalogSnapshot observedAt(Connection connection, long version) throws SQLException {
        if (version == 0) {
            return StoredCatalog.EMPTY.observed();
        }
        if (Sql.number(connection, "SELECT count(*) FROM versions WHERE version = ?1", version) == 0) {
            throw new QueryException(
                    ErrorCode.OBJECT_NOT_FOUND,
                    "The registry has no version " + version + "; the newest is "
                            + new CatalogReader(connection).newestVersion());
        }
        return at(connection, version).observed();
    }

    /** Every change of every version, oldest first. */
    public List<RecordedChange> changes() {
        return changesAfter(0);
    }

    /** Every change of every version after {@code version}, oldest first. */
    public List<RecordedChange> changesAfter(long version) {
        return database.read(c -> HistoryRows.changesAfter(c, version));
    }

    /** Replaces all that is known of one source; publishes a version only when something differs. */
    public Publication publish(SourceObservation observation) {
        return write((connection, before) -> {
            CatalogWriter.putHealth(connection, observation.source(), observation.observedAt(), Optional.empty());
            return SourcePublication.of(
                            before,
                            observation.withTables(WithheldValues.strip(
                                    observation.tables(), before.observed().annotations())))
                    .write(connection, clock.instant());
        });
    }

    /**
     * Remembers that a source could not be read; its tables stay as they were. A source met for the first time is published
     * without tables.
     *
     * @param error for people, without secrets
     */
    public Publication recordFailure(SourceId source, String kind, String error) {
        return write((connection, before) -> {
            Instant now = clock.instant();
            CatalogWriter.putHealth(connection, source, now, Optional.of(error));
            if (before.observed().source(source).isPresent()) {
                return new Publication(before.version(), false, List.of());
            }
            List<CatalogChange> changes = List.of(new CatalogChange.SourceAdded(source, kind));
            CatalogWriter writer = CatalogWriter.begin(connection, before.version(), now, "met " + source, changes);
            writer.putSource(source, kind, "");
            return new Publication(writer.version(), true, changes);
        });
    }

    /** Forgets every source that is not in {@code sources}: those that left the configuration. */
    public Publication retainSources(Collection<SourceId> sources) {
        return write((connection, before) -> SourceRemoval.retain(connection, before, sources, clock.instant()));
    }

    /**
     * Publishes an override, a tag or an owner, or takes it back.
     *
     * @return unpublished when nothing would change
     * @throws QueryException REVISION_CONFLICT when somebody else changed it meanwhile; INVALID_PARAMETER when it could have no
     *     effect, with the reason
     */
    public Publication annotate(AnnotationEdit edit) {
        return write((connection, before) -> AnnotationPublication.write(connection, before, edit, clock.instant()));
    }

    /**
     * Replaces all relationships that were inferred before; those that a person confirmed or rejected stay as they are.
     *
     * @param inferred in the names that SQL sees
     */
    public Publication publishRelationships(List<Relationship> inferred) {
        return write(
                (connection, before) -> RelationshipPublication.infer(connection, before, inferred, clock.instant()));
    }

    /**
     * Confirms or rejects a relationship, or takes that back. Confirming one that nobody inferred adds it; rejecting one keeps it
     * from being proposed.
     *
     * @param revision as {@link #revisionOf(Relationship)} gave it; 0 for one that is not known yet
     * @throws QueryException REVISION_CONFLICT, OBJECT_NOT_FOUND
     */
    public Publication decide(RelationshipDecision decision, long revision) {
        return write((connection, before) ->
                RelationshipPublication.decide(connection, before, decision, revision, clock.instant()));
    }

    /**
     * Replaces what is written down of the meaning of words.
     *
     * @param cause for people: what was done
     * @return unpublished when it says what it said before
     * @throws QueryException INVALID_PARAMETER when two entries have one key
     */
    public Publication publishOntology(Ontology ontology, String author, String cause) {
        return write((connection, before) ->
                OntologyPublication.write(connection, before, ontology, author, cause, clock.instant()));
    }

    /**
     * Adds entries to what is written down, each in the place of one with its kind and key.
     *
     * @throws QueryException INVALID_PARAMETER when two of them have one key
     */
    public Publication addToOntology(List<? extends OntologyEntry> entries, String author, String cause) {
        return write((connection, before) -> OntologyPublication.write(
                connection, before, before.observed().ontology().with(entries), author, cause, clock.instant()));
    }

    @Override
    public void teach(Verified verified) {
        addToOntology(List.of(verified), verified.by(), "taught '" + verified.question() + "'");
    }

    @Override
    public boolean forget(Verified verified) {
        return write((connection, before) -> OntologyPublication.write(
                        connection,
                        before,
                        before.observed().ontology().without(verified),
                        verified.by(),
                        "forgot '" + verified.question() + "'",
                        clock.instant()))
                .published();
    }

    /** The version that brought a relationship, which names what SQL sees; 0 for an unknown one. */
    public long revisionOf(Relationship relationship) {
        Relationship stored = RelationshipPublication.observed(current(), relationship);
        return database.read(c -> RelationshipRows.lastEdit(c, stored).revision());
    }

    @Override
    public void createView(ViewDescriptor view, Existing existing) {
        write((connection, before) -> {
            Optional<ViewDescriptor> present = ViewPublication.find(before, view.name());
            if (present.isPresent() && existing == Existing.FAIL) {
                throw new QueryException(
                        ErrorCode.TABLE_EXISTS,
                        "View '" + present.get().name() + "' exists; use CREATE OR REPLACE VIEW to change it");
            }
            return ViewPublication.put(connection, before, view, clock.instant());
        });
    }

    @Override
    public boolean dropView(String name) {
        return write((connection, before) -> ViewPublication.drop(connection, before, name, "", clock.instant()))
                .published();
    }

    /**
     * As {@link #createView}, for an edit that was made from what somebody saw.
     *
     * @param revision as {@link #revisionOfView} gave it; 0 for a view that is to be new
     * @throws QueryException REVISION_CONFLICT when somebody else changed or dropped it meanwhile
     */
    public Publication putView(ViewDescriptor view, long revision) {
        return write((connection, before) -> {
            ViewPublication.lastEdit(connection, view.name()).check(revision, "view '" + view.name() + "'");
            return ViewPublication.put(connection, before, view, clock.instant());
        });
    }

    /**
     * As {@link #dropView(String)}, for somebody who saw the view at a revision.
     *
     * @throws QueryException REVISION_CONFLICT when somebody else changed or dropped it meanwhile
     */
    public Publication dropView(String name, long revision, String author) {
        return write((connection, before) -> {
            ViewPublication.lastEdit(connection, name).check(revision, "view '" + name + "'");
            return ViewPublication.drop(connection, before, name, author, clock.instant());
        });
    }

    /** The version that brought a view; 0 when there is none of that name. */
    public long revisionOfView(String name) {
        return database.read(c -> ViewPublication.lastEdit(c, name).revision());
    }

    private Publication write(Change change) {
        AtomicReference<@Nullable Transition> made = new AtomicReference<>();
        Publication publication = database.write(connection -> {
            // What this process knows may be older than what another one published.
            StoredCatalog before = new CatalogReader(connection).newest(state.catalog());
            Publication written = change.apply(connection, before);
            if (!written.published() || listeners.isEmpty()) {
                return written;
            }
            Transition transition = withConsequences(connection, before, written);
            made.set(transition);
            return new Publication(written.version(), true, transition.changes());
        });
        database.read(this::reload);
        if (publication.published()) {
            LOG.info(
                    "published version={} changes={}",
                    publication.version(),
                    publication.changes().size());
        }
        Transition transition = made.get();
        if (transition != null) {
            listeners.forEach(listener -> listener.published(transition));
        }
        return publication;
    }

    /** What listeners find goes into the same transaction: a version is never seen without its consequences. */
    private Transition withConsequences(Connection connection, StoredCatalog before, Publication written)
            throws SQLException {
        CatalogSnapshot after = new CatalogReader(connection).newest(before).snapshot();
        Transition transition = new Transition(before.snapshot(), after, written.changes());
        List<CatalogChange> consequences = new ArrayList<>();
        for (CatalogListener listener : listeners) {
            try {
                consequences.addAll(listener.consequences(transition));
            } catch (RuntimeException e) {
                // Knowing the new shape without all that follows is better than not knowing it.
                LOG.error("consequences not found version={} listener={}", written.version(), listener, e);
            }
        }
        CatalogWriter.putChanges(
                connection, written.version(), written.changes().size(), consequences);
        consequences.addAll(0, written.changes());
        return transition.withConsequences(consequences);
    }

    /**
     * Remembers how a query fared at a source; no version of its own. Not for every query: once when it changes, and now and then.
     *
     * @param error for people, without secrets; empty when the source answered
     */
    public void recordRead(SourceId source, Instant at, Optional<String> error) {
        database.write(connection -> {
            CatalogWriter.putRead(connection, source, at, error);
            return true;
        });
    }

    /** How each source fared lately, by source; sources that were never asked anything are missing. */
    public Map<SourceId, SourceHealth> health() {
        return database.read(HealthRows::all);
    }

    /** By the registry's clock. */
    public Instant now() {
        return clock.instant();
    }

    /** From now on {@code listener} hears of every version that this process publishes. */
    public void listen(CatalogListener listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        database.close();
    }

    /** Writes something against the newest state. */
    @FunctionalInterface
    private interface Change {
        Publication apply(Connection connection, StoredCatalog before) throws SQLException;
    }

    /**
     * @param dataVersion SQLite's mark of the file's state, as the reading connection sees it
     */
    private record State(StoredCatalog catalog, long dataVersion) {
        long version() {
            return catalog.version();
        }
    }
}
