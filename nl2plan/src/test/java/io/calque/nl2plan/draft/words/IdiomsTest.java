package io.calque.nl2plan.draft.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdiomsTest {
    private final Idioms idioms = Idioms.load();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "How much have we earned with ABBA? | total revenue with ABBA?",
                "Which orders were late, zeros included? | Which orders were late, including zeros ?",
                "Which clients bought nothing in 2010? | Which clients never bought in 2010?",
                "albums that have 25 songs or more | albums that with at least 25 songs",
                "the second-longest track | the second longest track",
                "Show the cumulative revenue | running total of revenue",
                "sales year by year | sales per year"
            })
    void saysTurnsOfPhraseInPlainWords(String question, String plain) {
        assertThat(idioms.plain(question)).isEqualToIgnoringWhitespace(plain);
    }
}
