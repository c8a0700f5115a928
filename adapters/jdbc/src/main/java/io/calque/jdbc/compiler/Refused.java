package io.calque.jdbc.compiler;

/** Something cannot be said in the source's SQL with the same meaning. Becomes a verdict's reason; never leaves this package. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason one clause for a person, without a full stop
     */
    Refused(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
