package io.calque.nl2plan.english;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What WordNet says of words that people use for what databases have. */
class WordNetTest {
    private final WordNet words = WordNet.get();

    @ParameterizedTest
    @CsvSource({
        "reservation,booking,SYNONYM",
        "physician,doctor,SYNONYM",
        "suitcases,bag,SYNONYM",
        "client,customer,SYNONYM",
        "luggage,bag,NARROWER",
        "traveller,passenger,NARROWER",
        "plane,aircraft,BROADER",
        "cardiologist,cardiology,DERIVED",
        "prescribed,prescription,DERIVED"
    })
    void relatesWords(String said, String stored, Relation relation) {
        assertThat(words.near(said)).containsKey(stored);
        assertThat(words.near(said).get(stored).relation()).isEqualTo(relation);
    }

    @Test
    void takesNoMeaningFromWhatEverythingIs() {
        assertThat(words.near("plane")).doesNotContainKeys("object", "artifact", "thing");
        assertThat(words.near("kerosene")).doesNotContainKey("substance");
        assertThat(words.near("qwertzuiop")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"stationed,VERB", "flight,NOUN", "heavy,ADJECTIVE", "contacted,VERB", "xyzzy,NONE"})
    void saysWhatAWordMostlyIs(String word, PartOfSpeech part) {
        assertThat(words.of(word)).isEqualTo(part);
    }
}
