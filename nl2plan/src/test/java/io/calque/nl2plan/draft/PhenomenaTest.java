package io.calque.nl2plan.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.nl2plan.ask.Questions;
import io.calque.nl2plan.shop.Shop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One question a phenomenon and what must be in its SQL. */
class PhenomenaTest {
    private final Questions questions = new Questions();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What is the second most expensive book?                  | DENSE_RANK()         | "place" = 2
            Show the cumulative number of loans per month in 2023    | SUM("loan_count") OVER (ORDER BY "month") | running_loan_count
            monthly change in the number of loans in 2022            | LAG("loan_count") OVER | change_of_loan_count
            How many loans does each member have, zeros included?    | LEFT JOIN            | COALESCE("loan_count", 0)
            How many loans were there on Sundays?                    | EXTRACT(DOW FROM     | = 0
            loans in the 30 days before 1 March 2023                 | INTERVAL '30' DAY    | DATE '2023-03-01'
            How many loans were there from June through August 2022? | DATE '2022-06-01'    | DATE '2022-09-01'
            For every city, which member has the most loans?         | PARTITION BY "city"  | "place" <= 1
            What was the latest loan of each member: the date and the fine? | PARTITION BY "first_name", "last_name" | "place" <= 1
            What is the average number of loans per member?          | AVG("loan_count")    | 1.0 *
            Which members have at least 3 loans?                     | >= 3                 | GROUP BY
            """)
    void understands(String question, String first, String second) {
        assertThat(questions.plan(question, Shop.asked()).sql()).contains(first).contains(second);
    }
}
