package io.calque.mongodb.inference;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.Set;
import org.bson.BsonType;

/** What introspection leaves in a descriptor's facts for the compiler and the cursor. Stateless. */
public final class ColumnFacts {
    /** BSON types seen or declared, joined by a bar. */
    public static final String TYPES = "types";
    /** Present when the values have no common type and the column is their text: the types, joined by a bar. */
    public static final String MIXED = "mixed";
    /** {@code ordinal:n}: the position in the n-th array that the child table unwinds, from 0. */
    public static final String ROLE = "role";
    /** On a table: {@code code point} when the server was seen to order text so. */
    public static final String TEXT_ORDER = "text_order";
    /** On a table: present when its server explains how indexes serve its queries. */
    public static final String INDEX_PLANS = "index_plans";
    /** On a table: the collation of its collection. */
    public static final String COLLATION = "collation";

    public static final String CODE_POINT = "code point";
    /** On a column: who wrote its UUIDs of subtype 3, as {@link LegacyUuids} names it. */
    public static final String LEGACY_UUIDS = "legacy_uuids";

    /** On the {@code $id} of DBRefs: the collections that the sample's name, joined by a bar. */
    public static final String REFERS_TO = "refers_to";

    /** Prefix on a table: what an index is besides its columns, by its name. */
    public static final String INDEX = "index:";

    private static final String ORDINAL = "ordinal:";

    private ColumnFacts() {}

    static String ordinalRole(int level) {
        return ORDINAL + level;
    }

    public static Set<BsonType> types(ColumnDescriptor column) {
        return BsonTypeNames.split(column.facts().getOrDefault(TYPES, ""));
    }

    public static boolean isMixed(ColumnDescriptor column) {
        return column.facts().containsKey(MIXED);
    }

    public static LegacyUuids legacyUuids(ColumnDescriptor column) {
        return LegacyUuids.valueOf(column.facts().getOrDefault(LEGACY_UUIDS, LegacyUuids.UNSPECIFIED.name()));
    }

    public static boolean isOrdinal(ColumnDescriptor column) {
        return column.facts().getOrDefault(ROLE, "").startsWith(ORDINAL);
    }

    /** Which array's position the column is. */
    public static int ordinalLevel(ColumnDescriptor column) {
        return Integer.parseInt(column.facts().getOrDefault(ROLE, ORDINAL + "0").substring(ORDINAL.length()));
    }

    public static boolean ordersTextByCodePoint(TableDescriptor table) {
        return CODE_POINT.equals(table.facts().get(TEXT_ORDER));
    }

    /** Whether aggregation expressions can name the path: no step is empty, holds a dot, or starts with a dollar. */
    public static boolean isAddressable(ColumnDescriptor column) {
        return column.path().stream().allMatch(ColumnFacts::isAddressable);
    }

    static boolean isAddressable(String step) {
        return !step.isEmpty() && step.indexOf('.') < 0 && !step.startsWith("$");
    }
}
