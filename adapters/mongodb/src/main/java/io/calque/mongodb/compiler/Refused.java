package io.calque.mongodb.compiler;

/**
 * Says why a translation would not be exact. Thrown and caught within this package: translating is asking, and the answer comes
 * from any depth of an expression.
 */
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
