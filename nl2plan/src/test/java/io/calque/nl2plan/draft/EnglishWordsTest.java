package io.calque.nl2plan.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.nl2plan.ask.Questions;
import io.calque.nl2plan.worlds.World;
import io.calque.spi.QueryException;
import io.calque.spi.question.AnsweredQuestion;
import io.calque.spi.question.QuestionPlanner.Asked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions in words that the names do not have, over names that are abbreviated. */
class EnglishWordsTest {
    private static final Asked FERRIES = World.of(
            "ferries",
            "fy_harbours: hb_id INTEGER, hb_nm VARCHAR = North Quay|Old Pier, hb_cntry VARCHAR = Norway|Denmark|Austria",
            "fy_vehicles: vh_id INTEGER, vh_plate_no VARCHAR, vh_wt_kg DECIMAL(8,1), vh_prio VARCHAR = urgent|normal",
            "fy_seamen: sm_id INTEGER, sm_fname VARCHAR = Liv|Nils, sm_lname VARCHAR = Dahl|Moe, sm_hb_id INTEGER -> fy_harbours, sm_hire_dt DATE",
            "fy_bookings: bk_id INTEGER, bk_vh_id INTEGER -> fy_vehicles, bk_hb_id INTEGER -> fy_harbours, bk_dt DATE, bk_fare DECIMAL(8,2)",
            "fy_customers: cu_id INTEGER, cu_nm VARCHAR, cu_empl_cnt INTEGER, cu_nation VARCHAR = Norway|Denmark|Austria");

    private final Questions questions = new Questions();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many seaports are there?                   | number of fy_harbours
            Which clients have fewer than 20 employees?    | fy_customers.cu_nm; where fy_customers.cu_empl_cnt < 20
            Which vehicles are heavier than 3 tonnes?      | fy_vehicles.vh_id; where fy_vehicles.vh_wt_kg > 3000
            How many Austrians are among our customers?    | number of fy_customers; where fy_customers.cu_nation is 'Austria'
            Which seamen are stationed at Old Pier?        | fy_seamen.sm_fname, fy_seamen.sm_lname; where fy_seamen of fy_harbours.hb_nm is 'Old Pier'
            """)
    void understands(String question, String interpretation) {
        assertThat(questions.plan(question, FERRIES).interpretation()).isEqualTo(interpretation);
    }

    @Test
    void tellsWhatAWordIsTakenAs() {
        AnsweredQuestion taken = questions.plan("How many seaports are there?", FERRIES);

        assertThat(taken.assumptions()).contains("'seaports' is taken as harbour");
        assertThat(taken.confidence())
                .isLessThan(
                        questions.plan("How many harbours are there?", FERRIES).confidence());
    }

    @Test
    void tellsWhichVerbWasLeftOut() {
        assertThat(questions
                        .plan("Which seamen are stationed at Old Pier?", FERRIES)
                        .assumptions())
                .contains("'stationed' says no more than that they belong together");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many lighthouses are there?",
                "How much kerosene was burnt?",
                "Which customers ordered a vegetarian meal?",
                "Which harbours do we expect to grow?"
            })
    void declinesWhatIsNotThere(String question) {
        assertThatThrownBy(() -> questions.plan(question, FERRIES)).isInstanceOf(QueryException.class);
    }
}
