package io.calque.engine.exec;

import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.LongVector;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the values of a column may be among keys that were too many to send: by a bit for each number between the least and the greatest
 * where they lie close together, else by a {@link KeyBloom}. Lets values through that are no keys, never keeps a key out. Immutable.
 */
final class KeyProbe {
    /** Bits for each key that a plain set of bits may take; a Bloom filter takes twelve. */
    private static final long DENSE = 64;

    private static final long LEAST_BITS = 1 << 16;

    private final boolean numbers;
    private final long least;
    private final long greatest;
    private final @Nullable BitSet dense;
    private final @Nullable KeyBloom bloom;

    private KeyProbe(boolean numbers, long least, long greatest, @Nullable BitSet dense, @Nullable KeyBloom bloom) {
        this.numbers = numbers;
        this.least = least;
        this.greatest = greatest;
        this.dense = dense;
        this.bloom = bloom;
    }

    /** Whether columns of this type can be looked up so: their values are long numbers, or text. */
    static boolean reads(DataType type) {
        return isNumber(type) || type.kind() == TypeKind.VARCHAR;
    }

    private static boolean isNumber(DataType type) {
        return switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT, DATE -> true;
            default -> false;
        };
    }

    /**
     * @param keys in the column's own type, as {@link KeySet#as} makes them
     */
    static Optional<KeyProbe> of(DataType type, List<Object> keys) {
        if (!reads(type)) {
            return Optional.empty();
        }
        if (!isNumber(type)) {
            KeyBloom bloom = new KeyBloom(keys.size());
            keys.forEach(key -> bloom.add(KeyBloom.hash((String) key)));
            return Optional.of(new KeyProbe(false, 0, 0, null, bloom));
        }
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (Object key : keys) {
            least = Math.min(least, (Long) key);
            greatest = Math.max(greatest, (Long) key);
        }
        long range = greatest - least;
        if (range >= 0 && range < Math.max(LEAST_BITS, DENSE * keys.size())) {
            BitSet bits = new BitSet((int) range + 1);
            for (Object key : keys) {
                bits.set((int) ((Long) key - least));
            }
            return Optional.of(new KeyProbe(true, least, greatest, bits, null));
        }
        KeyBloom bloom = new KeyBloom(keys.size());
        keys.forEach(key -> bloom.add(KeyBloom.hash((Long) key)));
        return Optional.of(new KeyProbe(true, least, greatest, null, bloom));
    }

    /** Over keys that were hashed while they came, of which only the filter is left. */
    static Optional<KeyProbe> of(DataType type, KeyBloom bloom) {
        return reads(type)
                ? Optional.of(new KeyProbe(isNumber(type), Long.MIN_VALUE, Long.MAX_VALUE, null, bloom))
                : Optional.empty();
    }

    /** NULL meets no key. */
    boolean mayMeet(ColumnVector column, int row) {
        if (column.isNull(row)) {
            return false;
        }
        if (!numbers) {
            return bloom == null || !(column.get(row) instanceof String text) || bloom.mayContain(KeyBloom.hash(text));
        }
        if (!(column instanceof LongVector longs)) {
            return true;
        }
        long value = longs.value(row);
        if (value < least || value > greatest) {
            return false;
        }
        if (dense != null) {
            return dense.get((int) (value - least));
        }
        return bloom == null || bloom.mayContain(KeyBloom.hash(value));
    }
}
