package io.calque.nl2plan.draft;

/** Why a question cannot be read; the reason is for people. */
class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotUnderstood(String reason) {
        super(reason);
    }
}
