package io.calque.registry.store;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.Cardinality;
import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.catalog.Relationship.State;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows of {@code relationships}; ends are named as their sources name them. Stateless. */
final class RelationshipRows {
    private static final String COLUMNS = """
            from_source, from_schema, from_table, from_columns, to_source, to_schema, to_table, to_columns,
            cardinality, confidence, evidence, state""";

    private RelationshipRows() {}

    static List<Relationship> read(Connection connection, long version) throws SQLException {
        List<Relationship> relationships = new ArrayList<>();
        Sql.each(
                connection,
                "SELECT " + COLUMNS + " FROM relationships WHERE " + CatalogReader.VALID
                        + " ORDER BY from_source, from_schema, from_table, from_columns, confidence DESC,"
                        + " to_source, to_schema, to_table, to_columns",
                row -> relationships.add(new Relationship(
                        end(row, 1),
                        end(row, 5),
                        Cardinality.valueOf(row.getString(9)),
                        row.getDouble(10),
                        JsonText.evidence(row.getString(11)),
                        State.valueOf(row.getString(12)))),
                version);
        return relationships;
    }

    private static End end(ResultSet row, int first) throws SQLException {
        return new End(
                new TableName(new SourceId(row.getString(first)), row.getString(first + 1), row.getString(first + 2)),
                JsonText.texts(row.getString(first + 3)));
    }

    static void add(Connection connection, long version, List<Relationship> relationships) throws SQLException {
        for (Relationship relationship : relationships) {
            End from = relationship.from();
            End to = relationship.to();
            Sql.update(
                    connection,
                    "INSERT INTO relationships (" + COLUMNS + ", valid_from)"
                            + " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                    from.table().source().value(),
                    from.table().schema(),
                    from.table().table(),
                    JsonText.of(from.columns()),
                    to.table().source().value(),
                    to.table().schema(),
                    to.table().table(),
                    JsonText.of(to.columns()),
                    relationship.cardinality().name(),
                    relationship.confidence(),
                    JsonText.of(relationship.evidence()),
                    relationship.state().name(),
                    version);
        }
    }

    static void remove(Connection connection, long version, List<Relationship> relationships) throws SQLException {
        for (Relationship relationship : relationships) {
            End from = relationship.from();
            End to = relationship.to();
            Sql.update(
                    connection,
                    """
                    UPDATE relationships SET valid_to = ?1
                    WHERE from_source = ?2 AND from_schema = ?3 AND from_table = ?4 AND from_columns = ?5
                      AND to_source = ?6 AND to_schema = ?7 AND to_table = ?8 AND to_columns = ?9 AND valid_to IS NULL""",
                    version,
                    from.table().source().value(),
                    from.table().schema(),
                    from.table().table(),
                    JsonText.of(from.columns()),
                    to.table().source().value(),
                    to.table().schema(),
                    to.table().table(),
                    JsonText.of(to.columns()));
        }
    }

    /** The newest edit of a relationship, whether it stands or was withdrawn. */
    static LastEdit lastEdit(Connection connection, Relationship relationship) throws SQLException {
        End from = relationship.from();
        End to = relationship.to();
        return LastEdit.read(
                connection,
                """
                SELECT valid_from, valid_to FROM relationships
                WHERE from_source = ?1 AND from_schema = ?2 AND from_table = ?3 AND from_columns = ?4
                  AND to_source = ?5 AND to_schema = ?6 AND to_table = ?7 AND to_columns = ?8
                ORDER BY valid_from DESC LIMIT 1""",
                from.table().source().value(),
                from.table().schema(),
                from.table().table(),
                JsonText.of(from.columns()),
                to.table().source().value(),
                to.table().schema(),
                to.table().table(),
                JsonText.of(to.columns()));
    }
}
