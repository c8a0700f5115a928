package io.calque.spi.access;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;

/**
 * What a principal may see. Immutable and thread-safe; a changed policy is a new object.
 *
 * <p>Tables and columns a principal may not read do not exist for it: they are absent from metadata, statistics, suggestions and errors, and
 * nothing it asks can use them. {@link io.calque.spi.catalog.VisibleCatalog} leaves them out, once, where a statement begins.
 */
public interface AccessPolicy {
    boolean mayRead(Principal principal, TableName table);

    /**
     * Whether the principal may read a column of a table that it may read.
     *
     * @param column as SQL calls it
     */
    default boolean mayRead(Principal principal, TableName table, String column) {
        return mayRead(principal, table);
    }

    /**
     * Whether the principal may send native text to the source with {@code TABLE(source.query('...'))}. Such a text reads whatever the source
     * lets Calque read.
     */
    boolean mayPassThrough(Principal principal, SourceId source);

    /** Whether the principal may say how questions are answered, its own and those of others. */
    default boolean mayTeach(Principal principal) {
        return true;
    }

    /** A text that differs whenever the principal's rights differ: part of every cache key. */
    String digest(Principal principal);

    /** Everybody may read everything. */
    static AccessPolicy allowAll() {
        return new AccessPolicy() {
            @Override
            public boolean mayRead(Principal principal, TableName table) {
                return true;
            }

            @Override
            public boolean mayPassThrough(Principal principal, SourceId source) {
                return true;
            }

            @Override
            public String digest(Principal principal) {
                return "all";
            }
        };
    }
}
