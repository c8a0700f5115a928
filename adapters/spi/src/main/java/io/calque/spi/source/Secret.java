package io.calque.spi.source;

/** A password or token that never shows itself in text. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The plain text; only a driver may see it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
