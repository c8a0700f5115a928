package io.calque.spi.batch;

import io.calque.spi.type.DataType;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects the values of one column into a vector. Single-threaded; reusable after {@link #build}. */
public final class ColumnBuilder {
    private enum Store {
        BOOLEANS,
        LONGS,
        DOUBLES,
        OBJECTS
    }

    private final Store store;
    private final int initial;
    private int size;
    private BitSet nulls = new BitSet();
    private boolean[] booleans = {};
    private long[] longs = {};
    private double[] doubles = {};
    private @Nullable Object[] objects = {};

    /**
     * @param capacity expected values; grows as needed
     */
    public ColumnBuilder(DataType type, int capacity) {
        this.store = switch (type.kind()) {
            case BOOLEAN -> Store.BOOLEANS;
            case SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> Store.LONGS;
            case REAL, DOUBLE -> Store.DOUBLES;
            case DECIMAL, VARCHAR, VARBINARY, ARRAY -> Store.OBJECTS;
        };
        this.initial = Math.max(1, capacity);
        allocate();
    }

    public int size() {
        return size;
    }

    public void appendNull() {
        grow();
        if (store == Store.OBJECTS) {
            objects[size] = null;
        }
        nulls.set(size++);
    }

    public void appendBoolean(boolean value) {
        require(Store.BOOLEANS);
        grow();
        booleans[size++] = value;
    }

    public void appendLong(long value) {
        require(Store.LONGS);
        grow();
        longs[size++] = value;
    }

    public void appendDouble(double value) {
        require(Store.DOUBLES);
        grow();
        doubles[size++] = value;
    }

    public void appendObject(Object value) {
        require(Store.OBJECTS);
        grow();
        objects[size++] = Objects.requireNonNull(value);
    }

    /** Appends a boxed value in the conventions of {@link ColumnVector#get}; null is SQL NULL. */
    public void append(@Nullable Object value) {
        if (value == null) {
            appendNull();
            return;
        }
        switch (store) {
            case BOOLEANS -> appendBoolean((Boolean) value);
            case LONGS -> appendLong(((Number) value).longValue());
            case DOUBLES -> appendDouble(((Number) value).doubleValue());
            case OBJECTS -> appendObject(value);
        }
    }

    /** The vector of all values appended since the last build; the builder starts anew. */
    public ColumnVector build() {
        ColumnVector built = switch (store) {
            case BOOLEANS -> new BooleanVector(booleans, size, nulls);
            case LONGS -> new LongVector(longs, size, nulls);
            case DOUBLES -> new DoubleVector(doubles, size, nulls);
            case OBJECTS -> new ObjectVector(objects, size);
        };
        size = 0;
        nulls = new BitSet();
        allocate();
        return built;
    }

    private void allocate() {
        switch (store) {
            case BOOLEANS -> booleans = new boolean[initial];
            case LONGS -> longs = new long[initial];
            case DOUBLES -> doubles = new double[initial];
            case OBJECTS -> objects = new Object[initial];
        }
    }

    private void grow() {
        int capacity = switch (store) {
            case BOOLEANS -> booleans.length;
            case LONGS -> longs.length;
            case DOUBLES -> doubles.length;
            case OBJECTS -> objects.length;
        };
        if (size < capacity) {
            return;
        }
        int larger = capacity * 2;
        switch (store) {
            case BOOLEANS -> booleans = Arrays.copyOf(booleans, larger);
            case LONGS -> longs = Arrays.copyOf(longs, larger);
            case DOUBLES -> doubles = Arrays.copyOf(doubles, larger);
            case OBJECTS -> objects = Arrays.copyOf(objects, larger);
        }
    }

    private void require(Store expected) {
        if (store != expected) {
            throw new IllegalStateException("a column of " + store + " was given a value for " + expected);
        }
    }
}
