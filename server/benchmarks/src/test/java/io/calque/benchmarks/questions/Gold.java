package io.calque.benchmarks.questions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One right answer of the question set, as SQL for PostgreSQL. Immutable.
 *
 * @param id the line's id, followed by where on the line the answer stands
 * @param db {@code chinook} or {@code tpch}
 * @param rows how many rows it gave when it was written down
 */
record Gold(String id, String db, String sql, int rows) {

    /** All golds of a line of any of the five files; none for a question that cannot be answered. */
    static List<Gold> of(JsonNode line) {
        String id = line.path("id").asText();
        String db = line.path("db").asText();
        List<Gold> golds = new ArrayList<>(at(id, db, line));
        for (JsonNode role : line.path("roles")) {
            golds.addAll(at(id + " " + role.path("role").asText(), db, role));
        }
        for (JsonNode turn : line.path("turns")) {
            golds.addAll(at(id + " turn " + turn.path("turn").asText(), db, turn));
        }
        return golds;
    }

    private static List<Gold> at(String id, String db, JsonNode node) {
        if (!node.path("gold_sql").isTextual()) {
            return List.of();
        }
        List<Gold> golds = new ArrayList<>();
        golds.add(new Gold(
                id, db, node.path("gold_sql").asText(), node.path("gold_rows").asInt(-1)));
        JsonNode alternatives = node.path("gold_alternatives");
        for (int i = 0; i < alternatives.size(); i++) {
            golds.add(new Gold(
                    id + " alternative " + (i + 1),
                    db,
                    alternatives.path(i).asText(),
                    node.path("alternative_rows").path(i).asInt(-1)));
        }
        return golds;
    }
}
