package io.calque.benchmarks.questions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.calque.benchmarks.relate.FlatChinook;
import io.calque.benchmarks.tpch.TpchReference;
import io.calque.embedded.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The question set's golds: PostgreSQL runs each, and each still gives as many rows as when it was written down. */
class GoldsIT {
    private static final Path QUESTIONS = Path.of("../../nl2plan/src/test/resources/questions");
    private static final double SCALE_FACTOR = 0.01;
    private static final int LEAST_ANSWERABLE = 150;
    private static final int UNANSWERABLE = 30;

    private static PostgresServer postgres;
    private static Map<String, Connection> connections;

    @BeforeAll
    static void start() throws SQLException {
        postgres = PostgresServer.start();
        connections = Map.of(
                "chinook", FlatChinook.inOne(postgres).connect(),
                "tpch", TpchReference.load(SCALE_FACTOR, postgres).database().connect());
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open.jsonl", "held-out.jsonl", "roles.jsonl", "sessions.jsonl", "paraphrases.jsonl"})
    void everyGoldGivesTheRowsThatAreRecorded(String file) throws IOException, SQLException {
        List<String> differences = new ArrayList<>();
        for (JsonNode line : lines(file)) {
            for (Gold gold : Gold.of(line)) {
                int rows = count(gold);
                if (rows != gold.rows() || rows == 0) {
                    differences.add(gold.id() + ": " + gold.rows() + " rows recorded, " + rows + " given");
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    /** The sets over other domains, each with its own dump. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "clinic",
                "campus",
                "airline",
                "saas",
                "library",
                "factory",
                "hotel",
                "logistics",
                "insurance",
                "energy"
            })
    void everyGoldOfOtherDomainsRunsAndGivesRows(String domain) throws IOException, SQLException {
        List<String> differences = new ArrayList<>();
        try (Connection connection = postgres.createDatabase(domain).connect();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(QUESTIONS.resolve("other").resolve(domain + ".sql")));
            for (JsonNode line : lines("other/" + domain + ".jsonl")) {
                List<String> golds = new ArrayList<>();
                line.path("gold_alternatives").forEach(gold -> golds.add(gold.asText()));
                if (!line.path("unanswerable").asBoolean()) {
                    golds.add(line.path("gold_sql").asText());
                }
                for (String gold : golds) {
                    try (ResultSet rows = statement.executeQuery(gold)) {
                        if (!rows.next()) {
                            differences.add(line.path("id").asText() + ": no rows");
                        }
                    } catch (SQLException e) {
                        differences.add(line.path("id").asText() + ": " + e.getMessage());
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void noQuestionIsInBothPartsAndEveryPhenomenonIs() throws IOException {
        List<JsonNode> open = lines("open.jsonl");
        List<JsonNode> heldOut = lines("held-out.jsonl");
        assertThat(texts(heldOut, "question")).doesNotContainAnyElementsOf(texts(open, "question"));
        assertThat(texts(heldOut, "id")).doesNotContainAnyElementsOf(texts(open, "id"));
        assertThat(texts(heldOut, "category")).isEqualTo(texts(open, "category"));
    }

    @Test
    void thereAreAsManyQuestionsAsPromised() throws IOException {
        List<JsonNode> all = new ArrayList<>(lines("open.jsonl"));
        all.addAll(lines("held-out.jsonl"));
        long unanswerable = all.stream()
                .filter(line -> line.path("unanswerable").asBoolean())
                .count();
        assertThat(unanswerable).isEqualTo(UNANSWERABLE);
        assertThat(all.size() - unanswerable).isGreaterThanOrEqualTo(LEAST_ANSWERABLE);
        assertThat(all)
                .allSatisfy(line -> assertThat(Gold.of(line).isEmpty())
                        .isEqualTo(line.path("unanswerable").asBoolean()));
    }

    private static int count(Gold gold) throws SQLException {
        try (Statement statement = connections.get(gold.db()).createStatement();
                ResultSet results = statement.executeQuery(gold.sql())) {
            int rows = 0;
            while (results.next()) {
                rows++;
            }
            return rows;
        } catch (SQLException e) {
            throw new SQLException(gold.id() + ": " + e.getMessage(), e);
        }
    }

    private static List<JsonNode> lines(String file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(QUESTIONS.resolve(file))) {
            lines.add(json.readTree(line));
        }
        return lines;
    }

    private static Set<String> texts(List<JsonNode> lines, String field) {
        Set<String> texts = new HashSet<>();
        lines.forEach(line -> texts.add(line.path(field).asText()));
        return texts;
    }
}
