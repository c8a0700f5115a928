package io.calque.app.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.ontology.OntologyEntry;
import io.calque.spi.ontology.OntologyEntry.Metric;
import io.calque.spi.ontology.OntologyEntry.Role;
import io.calque.spi.ontology.OntologyEntry.Term;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What question files say beside their questions, as entries of an ontology: the facts of a role hold for the role, the evidence of a
 * question for a role of its own, so that no question profits from another's. One rule for all of them. Stateless.
 */
public final class EvidenceEntries {
    /** "[1 October of year - 1, 1 October of year)". */
    private static final Pattern YEAR =
            Pattern.compile("\\[(\\d+ \\p{L}+) of year( [+-] \\d+)?, (\\d+ \\p{L}+) of year( [+-] \\d+)?\\)");

    /** "region of orders.o_custkey": the one that the first of the tables leads to. */
    private static final Pattern WAY = Pattern.compile("(\\p{L}+) of \\w+\\.\\w+");

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

    private EvidenceEntries() {}

    /** The question as the asker for whom its evidence holds. */
    public static GoldQuestion asked(GoldQuestion question) {
        return question.role().isEmpty() ? question.as("asker of " + question.id()) : question;
    }

    /**
     * @param spread where the tables of a database are
     */
    public static List<OntologyEntry> of(Path file, CatalogSnapshot catalog, Spread spread) throws IOException {
        Map<String, OntologyEntry> entries = new LinkedHashMap<>();
        for (JsonNode line : GoldQuestion.lines(file)) {
            String role = "asker of " + line.path("id").asText();
            definitions(
                            line.path("evidence").asText(""),
                            role,
                            spread.of(line.path("db").asText()),
                            catalog)
                    .forEach(e -> put(entries, e));
            for (JsonNode part : line.path("roles")) {
                facts(part, spread.of(line.path("db").asText()), catalog).forEach(e -> put(entries, e));
            }
        }
        return List.copyOf(entries.values());
    }

    private static void put(Map<String, OntologyEntry> entries, OntologyEntry entry) {
        entries.put(entry.kind() + " " + entry.key(), entry);
    }

    private static List<OntologyEntry> definitions(
            String evidence, String role, List<String> sources, CatalogSnapshot catalog) {
        List<OntologyEntry> entries = new ArrayList<>();
        List<String> roles = List.of(role);
        for (EvidenceReader.Definition definition : EvidenceReader.read(evidence)) {
            Optional<String> table = EvidenceCondition.table(definition.means(), sources, catalog);
            entries.add(
                    table.isPresent()
                            ? new Term(
                                    definition.name(),
                                    definition.synonyms(),
                                    roles,
                                    evidence,
                                    "",
                                    table.get(),
                                    "",
                                    definition.means(),
                                    "")
                            : new Term(
                                    definition.name(),
                                    definition.synonyms(),
                                    roles,
                                    evidence,
                                    definition.means().toLowerCase(Locale.ROOT),
                                    "",
                                    "",
                                    "",
                                    ""));
        }
        if (!entries.isEmpty()) {
            entries.add(new Role(role, List.of(), ""));
        }
        return entries;
    }

    private static List<OntologyEntry> facts(JsonNode part, List<String> sources, CatalogSnapshot catalog) {
        List<OntologyEntry> entries = new ArrayList<>();
        String role = part.path("role").asText();
        List<String> roles = List.of(role);
        Map<String, String> times = new LinkedHashMap<>();
        part.path("facts").forEach(fact -> {
            if (fact.path("kind").asText().equals("default_time")) {
                times.put(fact.path("name").asText(), fact.path("sql").asText());
            }
        });
        for (JsonNode fact : part.path("facts")) {
            String name = fact.path("name").asText();
            String sql = fact.path("sql").asText();
            String table = table(fact.path("tables").path(0).asText(), sources, catalog);
            String text = fact.path("text").asText();
            String time = times.entrySet().stream()
                    .filter(t ->
                            name.toLowerCase(Locale.ROOT).contains(t.getKey().toLowerCase(Locale.ROOT)))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
            if (fact.path("kind").asText().equals("metric")) {
                entries.add(new Metric(name, List.of(), roles, text, table, sql, time, ""));
            } else if (fact.path("kind").asText().equals("term")) {
                Matcher year = YEAR.matcher(sql);
                if (year.matches()) {
                    String until = LocalDate.parse(year.group(3) + " 2001", DAY)
                            .minusDays(1)
                            .format(DAY);
                    entries.add(new Term(
                            name,
                            List.of(),
                            roles,
                            text,
                            "from " + year.group(1) + " {year" + offset(year.group(2)) + "} to "
                                    + until.replaceFirst(" 2001$", "") + " {year" + offset(year.group(4)) + "}",
                            "",
                            "",
                            "",
                            ""));
                    continue;
                }
                Matcher way = WAY.matcher(sql);
                if (way.matches()) {
                    String means = way.group(1) + " of "
                            + fact.path("tables").path(0).asText().toLowerCase(Locale.ROOT);
                    entries.add(new Term(name, List.of(), roles, text, means, "", "", "", ""));
                    continue;
                }
                boolean rows = sql.equalsIgnoreCase(fact.path("tables").path(0).asText());
                entries.add(new Term(name, List.of(), roles, text, "", table, "", rows ? "" : sql, time));
            }
        }
        entries.add(new Role(role, List.of(), ""));
        return entries;
    }

    private static String offset(@Nullable String written) {
        return written == null ? "" : written.replace(" ", "");
    }

    private static String table(String name, List<String> sources, CatalogSnapshot catalog) {
        Optional<TableDescriptor> found = catalog.sources().stream()
                .filter(s -> sources.contains(s.id().value()))
                .flatMap(s -> s.tables().stream())
                .filter(t -> t.name().table().equalsIgnoreCase(name))
                .findFirst();
        return found.map(t -> t.name().toString()).orElse(name);
    }
}
