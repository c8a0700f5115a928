package io.calque.nl2plan.draft.request;

import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.type.TypeKind;

/** What kind of values a column holds, as far as the grammar cares. Stateless. */
public final class ColumnKinds {
    private ColumnKinds() {}

    public static boolean numeric(Link link) {
        return link instanceof Link.ToColumn column && column.column().type().isNumeric();
    }

    public static boolean temporal(ColumnDescriptor column) {
        TypeKind kind = column.type().kind();
        return kind == TypeKind.DATE || kind == TypeKind.TIMESTAMP || kind == TypeKind.TIMESTAMP_TZ;
    }

    public static boolean text(ColumnDescriptor column) {
        return column.type().kind() == TypeKind.VARCHAR;
    }

    public static boolean whole(ColumnDescriptor column) {
        TypeKind kind = column.type().kind();
        return kind == TypeKind.SMALLINT || kind == TypeKind.INTEGER || kind == TypeKind.BIGINT;
    }
}
