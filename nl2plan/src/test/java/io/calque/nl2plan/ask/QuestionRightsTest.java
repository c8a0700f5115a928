package io.calque.nl2plan.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.nl2plan.search.CatalogIndex;
import io.calque.nl2plan.worlds.World;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import io.calque.spi.ontology.OntologyEntry.Metric;
import io.calque.spi.ontology.OntologyEntry.Term;
import io.calque.spi.ontology.OntologyEntry.Verified;
import io.calque.spi.question.AnsweredQuestion;
import io.calque.spi.question.QuestionPlanner.Asked;
import io.calque.spi.question.SchemaMatch;
import io.calque.spi.question.ValueLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two people who ask the same, one of whom may not see what doctors earn and where patients live. */
class QuestionRightsTest {
    private static final AccessPolicy POLICY = new AccessPolicy() {
        @Override
        public boolean mayRead(Principal principal, TableName table) {
            return true;
        }

        @Override
        public boolean mayRead(Principal principal, TableName table, String column) {
            boolean secret = column.equals("salary")
                    || column.equals("weight")
                    || table.table().equals("patient") && column.equals("city");
            return !secret || !principal.name().equals("ann");
        }

        @Override
        public boolean mayPassThrough(Principal principal, SourceId source) {
            return false;
        }

        @Override
        public String digest(Principal principal) {
            return principal.name().equals("ann") ? "no pay" : "all";
        }
    };

    private static final String EARNERS = plan("\"salary\" / 12");

    private static String plan(String figure) {
        return """
            {"version": 1, "interpretation": "doctors by pay", "assumptions": [], "root": "d", "nodes": [
             {"id": "d", "op": "scan", "table": "hospital.public.doctor", "columns": [{"expr": "%s", "as": "pay"}]}]}
            """.formatted(figure.replace("\"", "\\\""));
    }

    private static final Ontology WORDS = Ontology.of(List.<OntologyEntry>of(
            new Metric("payroll", List.of(), List.of(), "", "doctor", "SUM(salary)", "", ""),
            new Term("top earner", List.of(), List.of(), "", "", "doctor", "", "salary > 9000", ""),
            new Verified("What do our doctors take home?", EARNERS, "boss", "", List.of())));

    private final List<ValueLookup.Place> lookedIn = new ArrayList<>();
    private final Questions questions = new Questions(CatalogIndex.inMemory(), (words, places, asker) -> {
        lookedIn.addAll(places);
        return List.of();
    });

    private static Asked as(String user) {
        CatalogSnapshot plain = World.hospital().catalog();
        CatalogSnapshot catalog = new CatalogSnapshot(
                plain.version(),
                plain.publishedAt(),
                plain.sources(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                WORDS);
        return new Asked(catalog, new Principal(user, List.of()), POLICY, List.of());
    }

    private static final Asked ANN = as("ann");
    private static final Asked BOB = as("bob");

    @Test
    void aQuestionAboutTheColumnIsDeclinedForWhomItIsHidden() {
        for (String question : List.of(
                "What is the average salary of doctors?",
                "Which doctors have a salary above 5000?",
                "Show the last names of the doctors sorted by salary",
                "How many patients live in Graz?",
                "What is our payroll?",
                "How many top earners are there?")) {
            assertThat(questions.plan(question, BOB).sql()).as(question).isNotEmpty();
            assertThatThrownBy(() -> {
                        AnsweredQuestion answer = questions.plan(question, ANN);
                        throw new AssertionError(question + " is answered by " + answer.sql());
                    })
                    .as(question)
                    .isInstanceOf(QueryException.class);
        }
    }

    @Test
    void otherColumnsAreAskedForAsBefore() {
        for (String question : List.of("How many doctors live in Turin?", "What is the total cost of visits?")) {
            assertThat(questions.plan(question, ANN).sql())
                    .isEqualTo(questions.plan(question, BOB).sql());
        }
    }

    @Test
    void aTaughtPlanThatNamesItIsRefusedByTheChecks() {
        assertThat(questions.plan("What do our doctors take home?", BOB).sql()).contains("salary");
        assertThatThrownBy(() -> questions.plan("What do our doctors take home?", ANN))
                .hasMessage("The question has no sound plan: node 'd': column \"salary\" does not exist in "
                        + "hospital.public.doctor");
    }

    @Test
    void searchFindsItForWhoMaySeeIt() {
        assertThat(elements("salary of doctors", BOB)).contains("hospital.public.doctor.salary");
        assertThat(elements("salary of doctors", ANN)).noneMatch(e -> e.contains("salary"));
        assertThat(elements("Graz", BOB)).contains("hospital.public.patient.city");
        assertThat(elements("Graz", ANN)).noneMatch(e -> e.contains("patient.city"));
        assertThat(elements("payroll top earner", ANN)).noneMatch(e -> e.contains("payroll") || e.contains("earner"));
        assertThat(elements("doctors", ANN)).contains("hospital.public.doctor");
    }

    private List<String> elements(String words, Asked asked) {
        return questions.search(words, asked).stream()
                .flatMap(m -> List.of(m.element(), m.words()).stream())
                .toList();
    }

    @Test
    void aMisspelledValueIsSuggestedToWhoMaySeeIt() {
        assertThatThrownBy(() -> questions.plan("How many patients live in Graaz?", BOB))
                .hasMessageContaining("not understood: Graaz (did you mean 'Graz'?)");
        assertThatThrownBy(() -> questions.plan("How many patients live in Graaz?", ANN))
                .message()
                .doesNotContain("'Graz'");
    }

    /** The manager of a doctor is a doctor: what is found of doctors is not found a second time of managers. */
    @Test
    void aTableInARoleIsNotFoundForItsColumns() {
        assertThat(elements("salary and city of doctors in Turin", BOB))
                .contains("hospital.public.doctor.city")
                .noneMatch(e -> e.startsWith("hospital.public.manager."));
    }

    @Test
    void classifyingSaysNoMore() {
        assertThat(questions.classify("salary", BOB)).isNotEmpty();
        assertThat(questions.search("salary", ANN))
                .extracting(SchemaMatch::element)
                .noneMatch(e -> e.contains("salary"));
    }

    @Test
    void namesAreNotLookedUpInIt() {
        String question = "How many patients live in Villach?";
        tried(question, unmeasured(BOB));
        assertThat(lookedIn).anyMatch(QuestionRightsTest::isPatientsCity);
        lookedIn.clear();
        tried(question, unmeasured(ANN));
        assertThat(lookedIn).noneMatch(QuestionRightsTest::isPatientsCity);
    }

    /** With small tables of whose values no list is kept. */
    private static Asked unmeasured(Asked asked) {
        CatalogSnapshot catalog = asked.catalog();
        SourceSnapshot source = catalog.sources().get(0);
        TableStatistics small = new TableStatistics(OptionalDouble.of(10), Optional.empty(), new TreeMap<>());
        SourceSnapshot plain = new SourceSnapshot(
                source.id(),
                source.kind(),
                source.product(),
                source.tables().stream().map(t -> t.withStatistics(small)).toList(),
                source.observedAt(),
                source.lastError());
        return new Asked(
                new CatalogSnapshot(catalog.version() + 1, catalog.publishedAt(), List.of(plain), List.of()),
                asked.principal(),
                asked.policy(),
                List.of());
    }

    private static boolean isPatientsCity(ValueLookup.Place place) {
        return place.table().table().equals("patient") && place.column().equals("city");
    }

    private void tried(String question, Asked asked) {
        try {
            questions.plan(question, asked);
        } catch (QueryException declined) {
            assertThat(declined).hasMessageStartingWith("The question");
        }
    }
}
