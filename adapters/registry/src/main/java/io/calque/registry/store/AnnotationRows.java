package io.calque.registry.store;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.Annotation;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.Annotation.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of {@code annotations}. Stateless. */
final class AnnotationRows {
    private static final String SAME =
            " WHERE source = ?1 AND schema_name IS ?2 AND table_name IS ?3 AND column_name IS ?4 AND aspect = ?5 AND label = ?6";

    private AnnotationRows() {}

    static List<Annotation> read(Connection connection, long version) throws SQLException {
        List<Annotation> annotations = new ArrayList<>();
        Sql.each(
                connection,
                """
                SELECT a.source, a.schema_name, a.table_name, a.column_name, a.aspect, a.label, a.value,
                       a.valid_from, v.author, v.published_at
                FROM annotations a JOIN versions v ON v.version = a.valid_from
                WHERE a.valid_from <= ?1 AND (a.valid_to IS NULL OR a.valid_to > ?1)""",
                row -> annotations.add(new Annotation(
                        target(row),
                        Aspect.valueOf(row.getString(5)),
                        row.getString(6),
                        row.getString(7),
                        row.getLong(8),
                        row.getString(9),
                        Instant.parse(row.getString(10)),
                        Optional.empty())),
                version);
        return annotations;
    }

    private static Target target(ResultSet row) throws SQLException {
        SourceId source = new SourceId(row.getString(1));
        String schema = row.getString(2);
        String table = row.getString(3);
        return schema == null || table == null
                ? Target.of(source)
                : new Target(source, Optional.of(new TableName(source, schema, table)), Sql.text(row, 4));
    }

    static void add(Connection connection, long version, Annotation annotation) throws SQLException {
        Target target = annotation.target();
        Sql.update(
                connection,
                """
                INSERT INTO annotations (source, schema_name, table_name, column_name, aspect, label, value, valid_from)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)""",
                target.source().value(),
                target.table().map(TableName::schema).orElse(null),
                target.table().map(TableName::table).orElse(null),
                target.column().orElse(null),
                annotation.aspect().name(),
                annotation.label(),
                annotation.value(),
                version);
    }

    static void remove(Connection connection, long version, Annotation annotation) throws SQLException {
        Target target = annotation.target();
        Sql.update(
                connection,
                "UPDATE annotations SET valid_to = ?7" + SAME + " AND valid_to IS NULL",
                target.source().value(),
                target.table().map(TableName::schema).orElse(null),
                target.table().map(TableName::table).orElse(null),
                target.column().orElse(null),
                annotation.aspect().name(),
                annotation.label(),
                version);
    }

    /** The newest edit, whether the annotation stands or was removed. */
    static LastEdit lastEdit(Connection connection, Target target, Aspect aspect, String label) throws SQLException {
        return LastEdit.read(
                connection,
                "SELECT valid_from, valid_to FROM annotations" + SAME + " ORDER BY valid_from DESC LIMIT 1",
                target.source().value(),
                target.table().map(TableName::schema).orElse(null),
                target.table().map(TableName::table).orElse(null),
                target.column().orElse(null),
                aspect.name(),
                label);
    }
}
