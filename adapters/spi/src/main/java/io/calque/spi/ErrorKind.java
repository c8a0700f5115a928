package io.calque.spi;

/** Who can mend a failure. */
public enum ErrorKind {
    /** The statement, its parameters or the caller's rights. */
    USER,
    /** A source that is down, slow, or changed under us. */
    SOURCE,
    /** Memory, time, disk or permits. */
    RESOURCE,
    /** A defect in Calque. */
    INTERNAL
}
