package io.calque.nl2plan.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.question.SchemaMatch;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Words that share no letters with a name, and that no list of synonyms has, find it by MiniLM; without it they find nothing. */
class MeaningSearchTest {
    /** The word that is asked with, the element that is meant. */
    private static final Map<String, String> PAIRS = new TreeMap<>(Map.ofEntries(
            Map.entry("workforce", "employee"),
            Map.entry("personnel", "employee"),
            Map.entry("earnings", "sales.revenue"),
            Map.entry("physicians", "doctor"),
            Map.entry("automobiles", "vehicle"),
            Map.entry("wages", "employee.salary"),
            Map.entry("melodies", "song"),
            Map.entry("journeys", "trip"),
            Map.entry("illnesses", "disease"),
            Map.entry("dwellings", "house"),
            Map.entry("pupils", "student"),
            Map.entry("attorneys", "lawyer"),
            Map.entry("motorists", "driver"),
            Map.entry("drugs", "medication"),
            Map.entry("educators", "teacher"),
            Map.entry("garments", "clothes"),
            Map.entry("footwear", "shoe"),
            Map.entry("precipitation", "weather.rainfall"),
            Map.entry("velocity", "vehicle.speed"),
            Map.entry("debt", "sales.liabilities")));

    private static final List<String> TABLES = List.of(
            "employee id salary hired_on",
            "sales id revenue liabilities sold_on",
            "doctor id ward",
            "vehicle id speed plate",
            "song id composer",
            "trip id destination",
            "disease code",
            "house id rooms",
            "student id grade",
            "lawyer id license",
            "driver id points",
            "medication id dose",
            "teacher id subject",
            "clothes id fabric",
            "shoe id sole",
            "weather station rainfall temperature",
            "warehouse id shelf",
            "parcel id weight");

    @Test
    void findsNamesByMeaning() {
        CatalogSnapshot catalog = NamedTables.catalog("hr", 1, TABLES);
        try (CatalogIndex with = new CatalogIndex(
                        Optional.empty(), VectorTier.miniLm(Runnable::run, Duration.ofMinutes(1)), Clock.systemUTC());
                CatalogIndex without = CatalogIndex.inMemory()) {
            List<String> missed = new ArrayList<>();
            int first = 0;
            int named = 0;
            for (Map.Entry<String, String> pair : PAIRS.entrySet()) {
                String question = "How many " + pair.getKey() + " are there?";
                String wanted = "hr.public." + pair.getValue();
                named += elements(catalog, without, question).contains(wanted) ? 1 : 0;
                List<String> found = elements(catalog, with, question);
                if (!found.contains(wanted)) {
                    missed.add(pair.getKey() + " " + found);
                } else if (found.get(0).equals(wanted)) {
                    first++;
                }
            }
            System.out.println("synonyms without common letters: " + (PAIRS.size() - missed.size()) + " of "
                    + PAIRS.size() + " found, " + first + " first; without vectors " + named + "; missed " + missed);
            assertThat(missed).hasSizeLessThanOrEqualTo(4);
            assertThat(first).isGreaterThanOrEqualTo(14);
        }
    }

    private static List<String> elements(CatalogSnapshot catalog, CatalogIndex index, String question) {
        return NamedTables.found(catalog, index, question, 5)
                .sorted(Comparator.comparing(SchemaMatch::score).reversed())
                .map(SchemaMatch::element)
                .toList();
    }
}
