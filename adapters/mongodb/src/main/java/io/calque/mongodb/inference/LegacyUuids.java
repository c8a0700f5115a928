package io.calque.mongodb.inference;

/** In which order a driver wrote the bytes of UUIDs before subtype 4: nothing in a document tells. */
public enum LegacyUuids {
    /** Nobody has said: the bytes are shown. */
    UNSPECIFIED,
    JAVA_LEGACY,
    C_SHARP_LEGACY,
    PYTHON_LEGACY
}
