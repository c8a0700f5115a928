package io.calque.nl2plan.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.nl2plan.ask.Questions;
import io.calque.nl2plan.shop.Shop;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.question.AnsweredQuestion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulePlannerTest {
    private final Questions questions = new Questions();

    private AnsweredQuestion answer(String question) {
        return questions.plan(question, Shop.asked());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many books are there?                              | number of book
            How many members live in Berlin?                       | number of member; where member.city is 'Berlin'
            What is the average price of novels?                   | average book.price; where book.genre is 'novel'
            List the titles of books by German authors             | book.title; where author.country is 'Germany'
            Which authors have more than 3 books?                  | author.name; having number of book > 3
            What are the top 5 genres by number of loans?          | book.genre, number of loan; by number of loan, highest first; the first 5
            Show the number of loans per city                      | number of loan, member.city
            Which member has the most loans?                       | member.first_name, member.last_name, number of loan; by number of loan, highest first; the first 1 and those equal to it
            Show the books that cost more than 20                  | book.title; where book.price > 20
            How many loans are lost or open?                       | number of loan; where loan.status is 'lost' or 'open'
            Which books were never loaned?                         | book.title; without any loan
            total fine amount by member city in 2023               | total loan.fine_amount, member.city; where loan.loan_date in 2023
            monthly number of loans in 2022                        | month of loan.loan_date, number of loan; where loan.loan_date in 2022; by month of loan.loan_date, lowest first
            What was the fine amount per city in 2023?             | total loan.fine_amount, member.city; where loan.loan_date in 2023
            What is the highest price for each genre?              | book.genre, highest book.price
            Return the title and price of the most expensive book  | book.title, book.price; by book.price, highest first; the first 1 and those equal to it
            Which books are priced above average?                  | book.title; book.price > the average book.price
            What percentage of books are novels?                   | percentage of book of which book.genre is 'novel'
            What is the most expensive book in each genre?         | book.genre, book.title, book.price; by book.price, highest first; the first 1 and those equal to it
            Which authors have books but no poetry books?          | author.name; with book; not among (author.author_id; where book.genre is 'poetry')
            List the titles of books in alphabetical order         | book.title; by book.title, lowest first
            How many loans have a return date?                     | number of loan; where loan.return_date is there
            When was the last loan?                                | highest loan.loan_date
            How many novels are there?                             | number of book; where book.genre is 'novel'
            How many people live in Berlin?                        | number of member; where member.city is 'Berlin'
            Which genres do we have most often?                    | book.genre, number of book; by number of book, highest first; the first 1 and those equal to it
            How many loans were there in the first half of 2022?   | number of loan; where loan.loan_date in the first half of 2022
            loans between May 2022 and the end of June 2022        | loan.loan_id; where loan.loan_date between May 2022 and the end of June 2022
            Please break our open loans down by city               | number of loan, member.city; where loan.status is 'open'
            """)
    void understands(String question, String interpretation) {
        assertThat(answer(question).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What is the weather in Berlin?
            How many employees work here?
            Predict next year's loans
            Show the salary of each member
            What is the price of books per author?
            Please cancel all loans of Ann Lee
            Delete the novels
            Which books were never?
            """)
    void declinesWhatTheDataDoesNotHold(String question) {
        assertThatThrownBy(() -> answer(question))
                .isInstanceOf(QueryException.class)
                .extracting(e -> ((QueryException) e).code())
                .isEqualTo(ErrorCode.QUESTION_DECLINED);
    }

    @Test
    void showsValuesThatAreAskedForOnceEach() {
        assertThat(answer("Which cities do our members come from?").sql()).contains("DISTINCT");
    }

    @Test
    void tellsTheValueThatIsSpelledMostLikeAnUnknownOne() {
        assertThatThrownBy(() -> answer("How many members live in Berln?"))
                .hasMessageContaining("did you mean 'Berlin'?");
    }

    @Test
    void restrictsByABranchWithoutRepeatingRows() {
        assertThat(answer("How many members have poetry loans?").sql())
                .contains("WHERE EXISTS")
                .contains("'poetry'");
    }

    @Test
    void countsTheGroupsThatAreKept() {
        assertThat(answer("How many authors have more than 3 books?").sql())
                .contains("GROUP BY \"author_id\"", "WHERE \"book_count\" > 3")
                .endsWith("SELECT COUNT(*) AS \"author_count\"\nFROM \"kept\"");
    }

    @Test
    void saysWhereItsWordsLed() {
        AnsweredQuestion answer = answer("How many members live in Berlin?");
        assertThat(answer.evidence())
                .contains(
                        "'members' is table desk.public.member",
                        "'Berlin' is value 'Berlin' of desk.public.member.city");
        assertThat(answer.sources()).extracting(Object::toString).containsExactly("desk");
        assertThat(answer.confidence()).isGreaterThan(0.8);
    }
}
