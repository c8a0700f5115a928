package io.calque.nl2plan.teach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.calque.nl2plan.plan.PlanJson;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Thesaurus;
import io.calque.nl2plan.shop.Shop;
import io.calque.spi.ontology.OntologyEntry.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The set's taught questions are found in five other wordings each, and not in questions that are merely near. */
class TaughtQuestionsTest {
    private static final Path SET = Path.of("src/test/resources/questions/paraphrases.jsonl");

    private static TaughtQuestions taught(String question, String where) {
        String plan =
                "{\"version\": \"1\", \"interpretation\": \"x\", \"nodes\": [{\"id\": \"t\", \"op\": \"scan\", \"table\": \"t\"},"
                        + " {\"id\": \"f\", \"op\": \"filter\", \"inputs\": [\"t\"], \"where\": \"" + where
                        + "\"}], \"root\": \"f\"}";
        Lexicon lexicon = new Lexicon(
                Shop.catalog().sources().stream()
                        .flatMap(s -> s.tables().stream())
                        .toList(),
                Thesaurus.load());
        return new TaughtQuestions(
                List.of(new Verified(question, plan, "ann", "", List.of())), Thesaurus.load(), lexicon);
    }

    @Test
    void findsParaphrasesAndNoNearMisses() throws IOException {
        List<String> missed = new ArrayList<>();
        List<String> mistaken = new ArrayList<>();
        for (String line : Files.readAllLines(SET)) {
            JsonNode json = new ObjectMapper().readTree(line);
            TaughtQuestions taught = taught(json.path("question").asText(), "d = DATE '2012-01-01'");
            json.path("paraphrases").forEach(p -> {
                if (taught.find(p.asText()).isEmpty()) {
                    missed.add(p.asText());
                }
            });
            json.path("near_misses").forEach(p -> {
                boolean otherYear = p.asText().matches(".*(2010|1997).*");
                if (taught.find(p.asText()).isPresent() && !otherYear) {
                    mistaken.add(p.asText());
                }
            });
        }
        assertThat(mistaken).isEmpty();
        assertThat(missed).isEmpty();
    }

    @Test
    void answersForAnotherYearNumberOrValue() {
        TaughtQuestions taught = taught(
                "Which German stars of 2012 have 7 points?",
                "c = 'Germany' AND d >= DATE '2012-01-01' AND d < DATE '2013-01-01' AND p = 7");
        Optional<TaughtQuestions.Found> found = taught.find("Which French stars of 2010 have 9 points?");
        assertThat(PlanJson.write(found.orElseThrow().plan()))
                .contains("c = 'France' AND d >= DATE '2010-01-01' AND d < DATE '2011-01-01' AND p = 9");
        assertThat(found.get().evidence())
                .isEqualTo("verified 'Which German stars of 2012 have 7 points?', taught by ann, with french instead of"
                        + " german, 2010 instead of 2012, 9 instead of 7");
    }

    @Test
    void doesNotAnswerForAValueThatThePlanDoesNotHave() {
        TaughtQuestions taught = taught("Who are the German stars of 2012?", "x = 1");
        assertThat(taught.find("Who are the French stars of 2012?")).isEmpty();
        assertThat(taught.find("Who are the German stars of 2013?")).isEmpty();
    }
}
