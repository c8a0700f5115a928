package io.calque.driver;

/** The names that a tool sees under {@code catalogs=flat}: one catalog, and schemas named {@code source.schema}. */
final class FlatCatalog {
    static final String NAME = "calque";

    private FlatCatalog() {}

    /** The source in the name of a flat schema; the whole name when it has no dot. */
    static String catalog(String flatSchema) {
        int dot = flatSchema.indexOf('.');
        return dot < 0 ? flatSchema : flatSchema.substring(0, dot);
    }

    /** The schema in the name of a flat schema; empty when it has no dot. */
    static String schema(String flatSchema) {
        int dot = flatSchema.indexOf('.');
        return dot < 0 ? "" : flatSchema.substring(dot + 1);
    }

    /** The flat schema's name; null when the source is unknown. */
    static String schema(String catalog, String schema) {
        if (catalog == null) {
            return schema;
        }
        return schema == null ? catalog : catalog + "." + schema;
    }
}
