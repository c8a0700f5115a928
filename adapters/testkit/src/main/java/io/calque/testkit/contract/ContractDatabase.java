package io.calque.testkit.contract;

import io.calque.spi.source.Adapter;
import io.calque.spi.source.SourceConfig;
import io.calque.spi.type.DataType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the subclass of {@link AdapterContractTest} brings: a running, empty database of its kind, and how to talk to it behind
 * the adapter's back. Optional answers leave out the tests that a kind has no way to run.
 */
public interface ContractDatabase extends AutoCloseable {
    Adapter adapter();

    /** How the adapter reaches this database. */
    SourceConfig config();

    /** The schema in which the fixture's tables appear. */
    String schema();

    /** The engine type that introspection must find for a column of {@code logical}; empty when the kind cannot hold it. */
    Optional<DataType> stored(DataType logical);

    /** Creates the table, with its key, and all its rows. */
    void create(FixtureTable table);

    /** Whether {@link #create} stores every other NULL of a column as a field that its row does not have. */
    default boolean leavesOut() {
        return false;
    }

    /** Adds a row and makes it durable, as another client would. */
    void append(FixtureTable table, List<? extends @Nullable Object> row);

    /** Removes the rows that hold {@code value} in {@code column}. */
    void remove(FixtureTable table, String column, Object value);

    /** The same kind of source at another address; empty for a kind without a network. */
    default Optional<SourceConfig> at(String host, int port) {
        return Optional.empty();
    }

    /** A configuration that cannot reach anything, where {@link #at} is empty; the message must hold its URL's last part. */
    default Optional<SourceConfig> absent() {
        return Optional.empty();
    }

    /** The same database with a password that it refuses; empty for a kind without passwords. */
    default Optional<SourceConfig> refused() {
        return Optional.empty();
    }

    /** A native text that reads the named columns of a table; empty where the adapter takes no native text. */
    default Optional<String> nativeRead(FixtureTable table, List<String> columns) {
        return Optional.empty();
    }

    /** Native texts that would change the table. */
    default List<String> nativeWrites(FixtureTable table) {
        return List.of();
    }

    /** A native text that runs for minutes before its first row; empty where none can be made. */
    default Optional<String> endless() {
        return Optional.empty();
    }

    /** How many of the source's native queries the database itself sees at work now; empty where it does not tell. */
    default Optional<Integer> running() {
        return Optional.empty();
    }

    @Override
    void close();
}
