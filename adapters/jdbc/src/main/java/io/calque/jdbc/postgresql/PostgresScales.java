package io.calque.jdbc.postgresql;

import io.calque.jdbc.pool.Identifiers;
import io.calque.jdbc.postgresql.PostgresRelations.Attribute;
import io.calque.jdbc.postgresql.PostgresRelations.Relation;
import io.calque.spi.catalog.TableKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many fractional digits unconstrained numerics have, by a bounded look: one statement for many tables. Views are left alone,
 * because reading them may cost anything.
 */
final class PostgresScales {
    private static final int ROWS_EACH = 10_000;
    private static final int COLUMNS_A_STATEMENT = 200;

    private final Connection connection;

    PostgresScales(Connection connection) {
        this.connection = connection;
    }

    private record Candidate(Relation relation, Attribute attribute) {}

    /** Scales by relation and attribute number; absent where nothing was seen. */
    Map<Long, Map<Integer, Integer>> observe(List<Relation> relations, Map<Long, List<Attribute>> attributes)
            throws SQLException {
        List<Candidate> candidates = new ArrayList<>();
        for (Relation relation : relations) {
            boolean cheap = relation.kind() == TableKind.TABLE
                    || relation.kind() == TableKind.PARTITIONED_TABLE
                    || relation.kind() == TableKind.MATERIALIZED_VIEW;
            if (!cheap) {
                continue;
            }
            for (Attribute attribute : attributes.getOrDefault(relation.oid(), List.of())) {
                boolean unconstrained = PostgresTypes.of(attribute.type(), attribute.modifier(), attribute.element())
                        .open();
                if (attribute.readable() && unconstrained && attribute.element().isEmpty()) {
                    candidates.add(new Candidate(relation, attribute));
                }
            }
        }
        Map<Long, Map<Integer, Integer>> found = new HashMap<>();
        for (int from = 0; from < candidates.size(); from += COLUMNS_A_STATEMENT) {
            look(candidates.subList(from, Math.min(candidates.size(), from + COLUMNS_A_STATEMENT)), found);
        }
        return found;
    }

    private void look(List<Candidate> candidates, Map<Long, Map<Integer, Integer>> found) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            String column = Identifiers.quoted(candidate.attribute().name());
            // NaN and infinity have no scale: NULL, which max skips.
            parts.add("(SELECT " + i + ", max(scale(c)) FROM (SELECT " + column + " AS c FROM "
                    + Identifiers.quoted(candidate.relation().schema()) + "."
                    + Identifiers.quoted(candidate.relation().name()) + " LIMIT " + ROWS_EACH + ") AS sample)");
        }
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(String.join(" UNION ALL ", parts))) {
            while (row.next()) {
                int scale = row.getInt(2);
                if (!row.wasNull()) {
                    Candidate candidate = candidates.get(row.getInt(1));
                    found.computeIfAbsent(candidate.relation().oid(), oid -> new HashMap<>())
                            .put(candidate.attribute().number(), scale);
                }
            }
        } catch (SQLException e) {
            // A table that cannot be read, or one dropped meanwhile, leaves these scales unobserved; the catalog
            // stands.
            connection.rollback(before);
        }
    }
}
