package io.calque.nl2plan.search;

/** How far the tier of vectors has come. */
public enum VectorState {
    /** Switched off. */
    OFF,
    /** No question has needed it yet. */
    NOT_ASKED,
    LOADING,
    /** Names are being made vectors of. */
    EMBEDDING,
    READY,
    /** The time that it may take is used up; names that are left go without. */
    STOPPED,
    /** The model is missing, or does not work here. */
    UNAVAILABLE
}
