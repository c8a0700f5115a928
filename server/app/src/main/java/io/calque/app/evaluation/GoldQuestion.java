package io.calque.app.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A question with the queries that answer it, as a line of JSON holds it.
 *
 * @param database the source that the gold queries are written for
 * @param gold native queries; any of them is right; empty for what cannot be answered
 * @param ordered whether the order of rows is part of the answer
 */
public record GoldQuestion(
        String id, String database, String question, List<String> gold, boolean ordered, String category) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public GoldQuestion {
        gold = List.copyOf(gold);
    }

    /** Whether the right answer is to decline. */
    public boolean unanswerable() {
        return gold.isEmpty();
    }

    public static List<GoldQuestion> read(Path file) throws IOException {
        List<GoldQuestion> questions = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                questions.add(of(JSON.readTree(line)));
            }
        }
        return questions;
    }

    private static GoldQuestion of(JsonNode json) {
        List<String> gold = new ArrayList<>();
        if (!json.path("gold_sql").asText("").isBlank()
                && !json.path("unanswerable").asBoolean()) {
            gold.add(json.path("gold_sql").asText());
            json.path("gold_alternatives").forEach(alternative -> gold.add(alternative.asText()));
        }
        return new GoldQuestion(
                json.path("id").asText(),
                json.path("db").asText(),
                json.path("question").asText(),
                gold,
                json.path("ordered").asBoolean(),
                json.path("category").asText("none"));
    }
}
