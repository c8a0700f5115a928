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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many fractional digits unconstrained numerics have, by a bounded look: one statement for many tables, and none for a table
 * whose rows are as they were at the last look. Views are looked at shortly, because reading them may cost anything. Thread-safe.
 */
final class PostgresScales {
    private static final int ROWS_EACH = 10_000;
    private static final int ROWS_OF_VIEW = 100;
    private static final int COLUMNS_A_STATEMENT = 200;
    private static final long MILLIS_OF_VIEW = 250;
    private static final Duration ALL_VIEWS = Duration.ofSeconds(3);
    /** PostgreSQL gives quotients and averages 16 to 20 digits behind the point, as it sees fit. */
    private static final int QUOTIENT = 20;

    private final Map<String, Optional<Integer>> known = new ConcurrentHashMap<>();

    private record Candidate(Relation relation, Attribute attribute) {
        /** Equal as long as the table's rows are the same. */
        String key() {
            return relation.oid() + "." + attribute.number() + "@" + relation.state();
        }

        boolean isView() {
            return relation.kind() == TableKind.VIEW;
        }
    }

    /** Scales by relation and attribute number; absent where nothing was seen. */
    Map<Long, Map<Integer, Integer>> observe(
            Connection connection, List<Relation> relations, Map<Long, List<Attribute>> attributes)
            throws SQLException {
        List<Candidate> tables = new ArrayList<>();
        List<Candidate> views = new ArrayList<>();
        Map<String, Optional<Integer>> found = new HashMap<>();
        List<Candidate> all = candidates(relations, attributes);
        for (Candidate candidate : all) {
            Optional<Integer> before = known.get(candidate.key());
            if (before != null && !candidate.isView()) {
                found.put(candidate.key(), before);
            } else {
                (candidate.isView() ? views : tables).add(candidate);
            }
        }
        for (int from = 0; from < tables.size(); from += COLUMNS_A_STATEMENT) {
            look(connection, tables.subList(from, Math.min(tables.size(), from + COLUMNS_A_STATEMENT)), found);
        }
        lookAtViews(connection, views, found);
        known.clear();
        known.putAll(found);
        Map<Long, Map<Integer, Integer>> scales = new HashMap<>();
        for (Candidate candidate : all) {
            found.getOrDefault(candidate.key(), Optional.empty())
                    .ifPresent(
                            scale -> scales.computeIfAbsent(candidate.relation().oid(), oid -> new HashMap<>())
                                    .put(candidate.attribute().number(), scale));
        }
        return scales;
    }

    private static List<Candidate> candidates(List<Relation> relations, Map<Long, List<Attribute>> attributes) {
        List<Candidate> candidates = new ArrayList<>();
        for (Relation relation : relations) {
            if (relation.kind() == TableKind.FOREIGN_TABLE || !relation.populated()) {
                continue;
            }
            for (Attribute attribute : attributes.getOrDefault(relation.oid(), List.of())) {
                boolean unconstrained = PostgresTypes.of(attribute.type(), attribute.modifier(), attribute.element())
                        .open();
                if (attribute.readable() && unconstrained && attribute.dimensions() <= 1) {
                    candidates.add(new Candidate(relation, attribute));
                }
            }
        }
        return candidates;
    }

    /** One that cannot be read, or that was dropped meanwhile, must not hide the others: then each is looked at alone. */
    private static void look(Connection connection, List<Candidate> candidates, Map<String, Optional<Integer>> found)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            query(connection, candidates, ROWS_EACH, found);
        } catch (SQLException e) {
            connection.rollback(before);
            if (candidates.size() > 1) {
                int half = candidates.size() / 2;
                look(connection, candidates.subList(0, half), found);
                look(connection, candidates.subList(half, candidates.size()), found);
            }
        }
    }

    private static void lookAtViews(Connection connection, List<Candidate> views, Map<String, Optional<Integer>> found)
            throws SQLException {
        long end = System.nanoTime() + ALL_VIEWS.toNanos();
        for (Candidate view : views) {
            if (System.nanoTime() - end > 0) {
                return;
            }
            Savepoint before = connection.setSavepoint();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL statement_timeout = " + MILLIS_OF_VIEW);
                query(connection, List.of(view), ROWS_OF_VIEW, found);
                found.computeIfPresent(
                        view.key(),
                        (key, scale) -> scale.map(s -> s <= PostgresTypes.UNOBSERVED_SCALE
                                ? PostgresTypes.UNOBSERVED_SCALE
                                : Math.max(s, QUOTIENT)));
            } catch (SQLException e) {
                // Too slow, or it fails altogether: its scale stays unobserved.
                found.remove(view.key());
            }
            // Also takes the time limit back.
            connection.rollback(before);
        }
    }

    private static void query(
            Connection connection, List<Candidate> candidates, int rows, Map<String, Optional<Integer>> found)
            throws SQLException {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            String column = Identifiers.quoted(candidate.attribute().name());
            // NaN and infinity have no scale: NULL, which max skips.
            String scale = candidate.attribute().element().isEmpty()
                    ? "scale(c)"
                    : "(SELECT max(scale(e)) FROM unnest(c) AS e)";
            parts.add("(SELECT " + i + ", max(" + scale + ") FROM (SELECT " + column + " AS c FROM "
                    + Identifiers.quoted(
                            candidate.relation().schema(), candidate.relation().name())
                    + " LIMIT " + rows + ") AS sample)");
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(String.join(" UNION ALL ", parts))) {
            while (row.next()) {
                Candidate candidate = candidates.get(row.getInt(1));
                int scale = row.getInt(2);
                found.put(candidate.key(), row.wasNull() ? Optional.empty() : Optional.of(scale));
            }
        }
    }
}
