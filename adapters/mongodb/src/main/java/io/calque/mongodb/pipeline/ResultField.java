package io.calque.mongodb.pipeline;

import io.calque.spi.source.NativeQuery;
import java.util.List;

/**
 * Where one column of a result is found in a result document.
 *
 * @param path field names from the document's root
 * @param accepts which BSON values are decoded
 * @param origin the stored field behind it, for messages and overrides: {@code orders.address.zip}
 * @param overNothing what a column that is never NULL holds in the row that an aggregate has over no rows: 0, but for GROUPING
 */
public record ResultField(
        NativeQuery.Column column, List<String> path, Accepts accepts, String origin, long overNothing) {
    public ResultField {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("column " + column.name() + " without a path");
        }
    }

    public ResultField(NativeQuery.Column column, List<String> path, Accepts accepts, String origin) {
        this(column, path, accepts, origin, 0);
    }

    /** Which BSON values a column takes. */
    public enum Accepts {
        /** Only values that its type holds without loss. */
        EXACT,
        /** Any value, as text: a VARCHAR column over a field of several types. */
        ANY_AS_TEXT,
        /** Values that the type holds, and UUIDs of subtype 3 as the old Java driver wrote them. */
        JAVA_LEGACY_UUID,
        /** Likewise by the old C# driver. */
        C_SHARP_LEGACY_UUID,
        /** Likewise by the old Python driver. */
        PYTHON_LEGACY_UUID,
        /** An exact sum; a floating number means that the server lost digits. */
        EXACT_SUM
    }
}
