package io.calque.nl2plan.draft.request;

/** Why a question cannot be read; the reason is for people. */
public class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotUnderstood(String reason) {
        super(reason);
    }
}
