package io.calque.benchmarks.fragments;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.benchmarks.tpch.SharedTpch;
import io.calque.benchmarks.tpch.TpchAnswer;
import io.calque.benchmarks.tpch.TpchInstallation;
import io.calque.benchmarks.tpch.TpchQuery;
import io.calque.benchmarks.tpch.TpchSplit;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Date;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From what the hand-written fragments bring, and nothing else, the right answer can be made; at scale factor 0.01. */
@ExtendWith(SharedTpch.class)
class BestFragmentsIT {
    private static TpchInstallation tpch;

    @BeforeAll
    static void start(TpchInstallation shared) {
        tpch = shared;
    }

    @ParameterizedTest
    @EnumSource(TpchSplit.class)
    void bringsAllThatTheAnswerNeeds(TpchSplit split) throws SQLException {
        SoftAssertions softly = new SoftAssertions();
        for (TpchQuery query : TpchQuery.all(tpch.scaleFactor())) {
            BestFragments best = BestFragments.of(split, query, tpch.scaleFactor());
            try (BestFetches fetches = new BestFetches(best, tpch.world(split))) {
                TpchAnswer made = answer(query, best, fetches.rows());
                softly.assertThat(tpch.reference().answer(query.number()).difference(made))
                        .as("Q%d, %s", query.number(), split)
                        .isEmpty();
            } catch (IllegalStateException | SQLException e) {
                softly.fail("Q%d, %s: %s".formatted(query.number(), split, e.getMessage()), e);
            }
        }
        softly.assertAll();
    }

    private static TpchAnswer answer(TpchQuery query, BestFragments best, Map<String, Rows> rows) throws SQLException {
        try (Connection connection = tpch.reference().database().connect();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, Rows> one : rows.entrySet()) {
                load(connection, one.getKey(), one.getValue());
            }
            try (ResultSet results = statement.executeQuery(best.answer())) {
                return TpchAnswer.read(query, results);
            }
        }
    }

    private static void load(Connection connection, String name, Rows rows) throws SQLException {
        int width = rows.columns().size();
        @Nullable Object[] first = rows.values().isEmpty()
                ? new @Nullable Object[width]
                : rows.values().get(0);
        String columns = IntStream.range(0, width)
                .mapToObj(i -> '"' + rows.columns().get(i) + "\" " + type(first[i]))
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE " + name + " (" + columns + ")");
        }
        if (rows.values().isEmpty()) {
            return;
        }
        String marks = "?, ".repeat(Math.max(0, width - 1)) + "?";
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + name + " VALUES (" + marks + ")")) {
            for (@Nullable Object[] row : rows.values()) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i] instanceof Date date ? new java.sql.Date(date.getTime()) : row[i]);
                }
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSameSizeAs(rows.values());
        }
    }

    private static String type(@Nullable Object value) {
        if (value instanceof Date) {
            return "date";
        }
        if (value == null || value instanceof BigDecimal || value instanceof Double) {
            return "numeric";
        }
        return value instanceof Number ? "bigint" : "text";
    }
}
