package io.calque.nl2plan.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.nl2plan.ask.Questions;
import io.calque.nl2plan.shop.Shop;
import io.calque.spi.QueryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Turns that lean on those before them, over a shop of books. */
class FollowUpTest {
    private final Questions questions = new Questions();

    @ParameterizedTest(name = "{0} / {1}")
    @CsvSource(delimiter = '|', textBlock = """
            How many members live in Berlin?       | And in Paris?              | number of member; where member.city is 'Paris'
            How many members live in Berlin?       | And those in Paris?        | number of member; where member.city is 'Paris'
            Number of loans in 2022                | Only in 2023.              | number of loan; where loan.loan_date in 2023
            Number of loans in 2022                | And the year before?       | number of loan; where loan.loan_date in 2021
            Number of loans                        | Only in 2023.              | number of loan; where loan.loan_date in 2023
            Number of loans in 2022                | Break that down by status. | loan.status, number of loan; where loan.loan_date in 2022
            Number of loans in 2022                | By month.                  | month of loan.loan_date, number of loan; where loan.loan_date in 2022; by month of loan.loan_date, lowest first
            How many members live in Berlin?       | How many loans do they have? | number of loan; where member.city is 'Berlin'; with member
            How many members live in Berlin?       | How many of them have never had a loan? | number of member; where member.city is 'Berlin'; without any loan
            List the books by French authors.      | Which of them are novels?  | book.title; where author.country is 'France' and book.genre is 'novel'
            List the books by French authors.      | Only the novels.           | book.title; where author.country is 'France' and book.genre is 'novel'
            List the books by French authors.      | Without the novels.        | book.title; where author.country is 'France' and not book.genre is 'novel'
            List the books by French authors.      | Sort them by price.        | book.title; where author.country is 'France'; by book.price, lowest first
            Number of books per genre              | Only the top 3.            | number of book, book.genre; by number of book, highest first; the first 3
            Number of books per genre              | Just those with more than five. | number of book, book.genre; having number of book > 5
            Number of books per genre              | By author instead.         | author.name, number of book
            Which 3 members have the most loans?   | How many of them live in Berlin? | number of member; where member.city is 'Berlin'; among (member.member_id; by number of loan, highest first; the first 3)
            Which 3 members have the most loans?   | Which cities do they live in? | member.first_name, member.last_name, number of loan, member.city; by number of loan, highest first; the first 3
            Number of loans by status              | In total.                  | number of loan
            """)
    void changesWhatWasAsked(String before, String turn, String understood) {
        assertThat(questions
                        .plan(
                                before + (before.endsWith("?") || before.endsWith(".") ? "" : ".") + "\n" + turn,
                                Shop.asked())
                        .interpretation())
                .isEqualTo(understood);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many members live in Berlin? | Which books are expensive?
            How many members live in Berlin? | List the authors.
            How many members live in Berlin? | For each genre, the number of books.
            How many members live in Berlin? | Top 5 genres by number of books
            How many members live in Berlin? | In 2022, the number of loans
            How many members live in Berlin? | Orders of books by German authors
            How many members live in Berlin? | List authors with their countries
            How many members live in Berlin? | Show each author with his country
            How many members live in Berlin? | Count members, including those who never had a loan
            """)
    void leavesAQuestionThatLeansOnNothingAlone(String before, String question) {
        assertThat(questions.complete(before, question, Shop.asked())).isEqualTo(question);
    }

    @Test
    void keepsTheConversationOfATurnThatLeans() {
        assertThat(questions.complete("How many members live in Berlin", "And in Paris?", Shop.asked()))
                .isEqualTo("How many members live in Berlin?\nAnd in Paris?");
    }

    @Test
    void declinesWhatItCannotPutTogether() {
        assertThatThrownBy(() -> questions.plan("How many members live in Berlin?\nAnd upside down?", Shop.asked()))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("not understood");
    }
}
