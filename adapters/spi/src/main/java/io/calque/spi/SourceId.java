package io.calque.spi;

/**
 * The name under which one configured database appears as a SQL catalog.
 *
 * @param value letters, digits, {@code _} or {@code -}, starting with a letter; at most 63 characters
 */
public record SourceId(String value) implements Comparable<SourceId> {
    public SourceId {
        if (!value.matches("[A-Za-z][A-Za-z0-9_-]{0,62}")) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    "Source name '" + value
                            + "' is not allowed: use letters, digits, '_' or '-', starting with a letter");
        }
    }

    @Override
    public int compareTo(SourceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
