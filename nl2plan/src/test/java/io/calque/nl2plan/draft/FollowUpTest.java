package io.calque.nl2plan.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.nl2plan.ask.Questions;
import io.calque.nl2plan.shop.Shop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FollowUpTest {
    private final Questions questions = new Questions();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many members live in Berlin?       | And in Hamburg?           | How many members live in Hamburg?
            Number of loans in 2022                | Only in 2023.             | Number of loans in 2023?
            Number of loans                        | Only in 2023.             | Number of loans in 2023?
            How many members live in Berlin?       | How many loans do they have? | How many loans do members who live in Berlin have?
            How many members live in Berlin?       | Which books are expensive? | Which books are expensive?
            """)
    void isSaidInFull(String previous, String question, String full) {
        assertThat(questions.complete(previous, question, Shop.asked())).isEqualTo(full);
    }
}
