package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.SqlQuery;
import io.calque.spi.source.NativeQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides the scan of a table by the pages in which rows lie: before PostgreSQL 14 a condition on {@code ctid} has the whole table read. The first
 * range has no lower bound and the last no upper one, so that no row is missed, however many pages there are. Stateless.
 */
final class PageRanges {
    private static final int READS_RANGES = 14;
    /** Of a table with fewer pages a part would not be worth a statement. */
    private static final int LEAST_PAGES = 2;

    private PageRanges() {}

    static List<NativeQuery> of(Connection connection, SqlQuery query, int parts) throws SQLException {
        SqlQuery.Ranges ranges = query.ranges().orElseThrow();
        if (connection.getMetaData().getDatabaseMajorVersion() < READS_RANGES) {
            return List.of(query);
        }
        long pages = pages(connection, ranges.table());
        long count = Math.min(parts, pages / LEAST_PAGES);
        if (count < 2) {
            return List.of(query);
        }
        List<NativeQuery> divided = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            String from = "ctid >= '(" + pages * i / count + ",0)'";
            String to = "ctid < '(" + pages * (i + 1) / count + ",0)'";
            divided.add(query.part(i == 0 ? to : i == count - 1 ? from : from + " AND " + to));
        }
        return divided;
    }

    /** 0 for what has none of its own: a partitioned or a foreign table, or one that is gone. */
    private static long pages(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pg_relation_size(oid) / current_setting('block_size')::bigint FROM pg_class"
                        + " WHERE oid = to_regclass(?) AND relkind IN ('r', 'm')")) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }
}
