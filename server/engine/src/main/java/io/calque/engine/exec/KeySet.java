package io.calque.engine.exec;

import io.calque.engine.operator.ValueSizes;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The different values of one column of one side of a join, or of several columns together, collected while its rows pass. Belongs to the
 * thread that pulls the query. A key of several columns is a list of its values.
 *
 * <p>NULL is no key, nor has a key a part that is NULL: it joins nothing.
 */
final class KeySet {
    /** Beyond this no source is sent keys. */
    private static final int MOST_KEYS = 200_000;

    /** How many keys a filter is made for that is all that is kept of them. */
    private static final int MOST_HASHED = 4_000_000;

    /** A slot of the hash table with its entry. */
    private static final int ENTRY_BYTES = 48;

    private final MemoryAccount memory;
    private final Runnable whenComplete;
    private final Set<Object> keys = new HashSet<>();
    private final KeyBounds bounds = new KeyBounds();
    private @Nullable KeyRows rows;
    /** What is left of the keys once they are too many to send. */
    private @Nullable KeyBloom hashed;

    private boolean complete;
    private boolean unusable;
    private long uncharged;

    KeySet(MemoryAccount memory) {
        this(memory, () -> {});
    }

    /**
     * @param whenComplete told once, when all keys are known
     */
    KeySet(MemoryAccount memory, Runnable whenComplete) {
        this.memory = memory;
        this.whenComplete = whenComplete;
    }

    /** Where the keys come from. */
    void comesFrom(KeyRows source) {
        rows = source;
    }

    void add(@Nullable Object key) {
        if (key == null
                || unusable
                || key instanceof List<?> parts && parts.stream().anyMatch(Objects::isNull)) {
            return;
        }
        KeyBloom filter = hashed;
        if (filter != null) {
            // text comes here unchecked; in a bound it would be sent
            if (isPlain(key)) {
                hash(filter, key);
                bound(key);
            } else {
                giveUp();
            }
            return;
        }
        if (!keys.add(key)) {
            return;
        }
        uncharged += ENTRY_BYTES + ValueSizes.of(key);
        if (uncharged >= RowBuffer.CHARGED_AT_ONCE) {
            memory.reserve(uncharged);
            uncharged = 0;
        }
        if (!isPlain(key)) {
            giveUp();
            return;
        }
        bound(key);
        if (keys.size() > MOST_KEYS) {
            KeyBloom made = new KeyBloom(MOST_HASHED);
            memory.reserve(made.bytes());
            keys.forEach(known -> hash(made, known));
            hashed = made;
            keys.clear();
        }
    }

    private void bound(Object key) {
        if (!(key instanceof List)) {
            bounds.add(key);
        }
    }

    /** A fraction equals no whole number, and only those are looked up. */
    private static void hash(KeyBloom filter, Object key) {
        if (!(key instanceof List<?> parts)) {
            OptionalLong hash = hash(key);
            hash.ifPresent(filter::add);
            return;
        }
        long combined = KeyBloom.NO_PARTS;
        for (Object part : parts) {
            OptionalLong hash = hash(part);
            if (hash.isEmpty()) {
                return;
            }
            combined = KeyBloom.with(combined, hash.getAsLong());
        }
        filter.add(combined);
    }

    private static OptionalLong hash(Object value) {
        if (value instanceof String text) {
            return OptionalLong.of(KeyBloom.hash(text));
        }
        return whole(value, Long.MIN_VALUE, Long.MAX_VALUE) instanceof Long number
                ? OptionalLong.of(KeyBloom.hash(number))
                : OptionalLong.empty();
    }

    /** Keys are not sent: all rows are fetched. */
    void giveUp() {
        unusable = true;
        hashed = null;
        keys.clear();
    }

    private static boolean isPlain(Object key) {
        if (key instanceof List<?> parts) {
            return parts.stream().allMatch(KeySet::isPlain);
        }
        return !(key instanceof String text) || isPlain(text);
    }

    /** Text that every source spells alike: without NUL and without half of a surrogate pair. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    void complete() {
        if (!complete) {
            complete = true;
            whenComplete.run();
        }
    }

    boolean isComplete() {
        return complete;
    }

    /** Reads what is left of the rows that the keys come from, should that not have happened. */
    void require() {
        if (!complete) {
            if (rows == null) {
                // The plan reads this fetch before the other side of its join exists: then it reads all rows.
                giveUp();
                return;
            }
            rows.readAll();
        }
    }

    /**
     * The keys as values of columns of these types, those left out that no such values can equal.
     *
     * @return empty when there are too many, or not all are known
     */
    Optional<List<Object>> as(List<DataType> types, long most) {
        if (unusable || hashed != null || keys.size() > most) {
            return Optional.empty();
        }
        List<Object> sent = new ArrayList<>(keys.size());
        for (Object key : keys) {
            Object value = types.size() == 1 ? as(types.get(0), key) : tuple(types, (List<?>) key);
            if (value != null) {
                sent.add(value);
            }
        }
        return Optional.of(sent.size() == keys.size() ? sent : List.copyOf(new HashSet<>(sent)));
    }

    private static @Nullable Object tuple(List<DataType> types, List<?> key) {
        List<Object> values = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            Object value = as(types.get(i), Objects.requireNonNull(key.get(i)));
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return List.copyOf(values);
    }

    /** Between which values of a column all keys are; empty when that is not known, or there is no key. */
    Optional<KeyBounds.Range> range(DataType type) {
        return unusable ? Optional.empty() : bounds.as(type);
    }

    /** Which values of a column may be among the keys; empty when that is not known, or cannot be looked up. */
    Optional<KeyProbe> probe(DataType type) {
        if (unusable || !KeyProbe.reads(type)) {
            return Optional.empty();
        }
        KeyBloom filter = hashed;
        return filter == null
                ? as(List.of(type), Long.MAX_VALUE).flatMap(known -> KeyProbe.of(type, known))
                : KeyProbe.of(type, filter);
    }

    /** Which values of several columns may together be among the keys; empty as for one. */
    Optional<TupleProbe> probe(List<DataType> types) {
        if (unusable || !types.stream().allMatch(KeyProbe::reads)) {
            return Optional.empty();
        }
        KeyBloom filter = hashed;
        if (filter == null) {
            KeyBloom made = new KeyBloom(keys.size());
            keys.forEach(key -> hash(made, key));
            filter = made;
        }
        return Optional.of(new TupleProbe(filter));
    }

    private static @Nullable Object as(DataType type, Object key) {
        return switch (type.kind()) {
            case SMALLINT -> whole(key, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> whole(key, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> whole(key, Long.MIN_VALUE, Long.MAX_VALUE);
            case DECIMAL -> decimal(key, type.scale());
            case DATE -> ((Number) key).longValue();
            default -> Objects.requireNonNull(key);
        };
    }

    private static @Nullable Object whole(Object key, long least, long most) {
        BigDecimal exact = exact(key).stripTrailingZeros();
        boolean fits = exact.scale() <= 0
                && exact.compareTo(BigDecimal.valueOf(least)) >= 0
                && exact.compareTo(BigDecimal.valueOf(most)) <= 0;
        return fits ? exact.longValueExact() : null;
    }

    private static @Nullable Object decimal(Object key, int scale) {
        BigDecimal exact = exact(key);
        BigDecimal scaled = exact.setScale(scale, RoundingMode.DOWN);
        return scaled.compareTo(exact) == 0 ? scaled : null;
    }

    private static BigDecimal exact(Object key) {
        return key instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(((Number) key).longValue());
    }
}
