package io.calque.app.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A question with the queries that answer it, as a line of JSON holds it, or a part of the line: what one of its roles asks, a turn of its
 * conversation, another wording of what it teaches.
 *
 * @param database the source that the gold queries are written for
 * @param gold native queries; any of them is right; empty for what cannot be answered
 * @param ordered whether the order of rows is part of the answer
 * @param role as whom it is asked; empty for nobody in particular
 * @param before the earlier turns of the conversation
 * @param tables names of the tables that the gold query reads; empty where the file does not say
 * @param today the day on which it is asked; empty for now
 */
public record GoldQuestion(
        String id,
        String database,
        String question,
        List<String> gold,
        boolean ordered,
        String category,
        String role,
        List<String> before,
        List<String> tables,
        String today) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Golds that ask for the day themselves mean the day on which they run. */
    private static final Pattern NOW = Pattern.compile("(?i)current_date|current_timestamp|\\bnow\\(");

    public GoldQuestion {
        gold = List.copyOf(gold);
        before = List.copyOf(before);
        tables = List.copyOf(tables);
    }

    /** A query that answers it, as it would be on the day on which it is asked. */
    String onItsDay(String sql) {
        return today.isEmpty() ? sql : sql.replace("CURRENT_DATE", "DATE '" + today + "'");
    }

    /** Whether the right answer is to decline. */
    public boolean unanswerable() {
        return gold.isEmpty();
    }

    /** With the turns before it, a line each. */
    String conversation() {
        List<String> turns = new ArrayList<>(before);
        turns.add(question);
        return String.join("\n", turns);
    }

    /** As another asker. */
    GoldQuestion as(String asker) {
        return new GoldQuestion(id, database, question, gold, ordered, category, asker, before, tables, today);
    }

    public static List<GoldQuestion> read(Path file) throws IOException {
        List<GoldQuestion> questions = new ArrayList<>();
        for (JsonNode line : lines(file)) {
            questions.addAll(of(line));
        }
        return questions;
    }

    static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    private static List<GoldQuestion> of(JsonNode line) {
        List<GoldQuestion> questions = new ArrayList<>();
        String text = line.path("question").asText();
        line.path("roles").forEach(role -> {
            String name = role.path("role").asText();
            questions.add(of(line, role, "/" + name, text, "roles").as(name));
        });
        List<String> before = new ArrayList<>();
        for (JsonNode turn : line.path("turns")) {
            String number = turn.path("turn").asText();
            GoldQuestion question =
                    of(line, turn, "/" + number, turn.path("question").asText(), "turn " + number);
            questions.add(new GoldQuestion(
                    question.id(),
                    question.database(),
                    question.question(),
                    question.gold(),
                    question.ordered(),
                    question.category(),
                    "",
                    before,
                    question.tables(),
                    question.today()));
            before.add(question.question());
        }
        int wording = 0;
        for (JsonNode paraphrase : line.path("paraphrases")) {
            questions.add(of(line, line, "/" + ++wording, paraphrase.asText(), "paraphrase"));
        }
        if (questions.isEmpty()) {
            questions.add(of(line, line, "", text, line.path("category").asText("none")));
        }
        return questions;
    }

    private static GoldQuestion of(JsonNode line, JsonNode part, String suffix, String question, String category) {
        List<String> gold = new ArrayList<>();
        if (!part.path("gold_sql").asText("").isBlank()
                && !part.path("unanswerable").asBoolean()) {
            gold.add(part.path("gold_sql").asText());
            part.path("gold_alternatives").forEach(alternative -> gold.add(alternative.asText()));
        }
        List<String> tables = new ArrayList<>();
        (part.has("tables") ? part : line).path("tables").forEach(table -> tables.add(table.asText()));
        return new GoldQuestion(
                line.path("id").asText() + suffix,
                line.path("db").asText(),
                question,
                gold,
                part.path("ordered").asBoolean(),
                category,
                "",
                List.of(),
                tables,
                gold.stream().noneMatch(NOW.asPredicate()) ? line.path("today").asText("") : "");
    }
}
