package io.calque.nl2plan.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.nl2plan.ask.Questions;
import io.calque.nl2plan.worlds.World;
import io.calque.spi.QueryException;
import io.calque.spi.question.QuestionPlanner.Asked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts, averages and totals: of what, and of which groups. */
class FiguresTest {
    private final Questions questions = new Questions();

    private static Asked fair() {
        return World.of(
                "fair",
                "hall: hall_id INTEGER, hall_name VARCHAR = East|West, num_of_lifts INTEGER, length_meters DECIMAL(8,2), "
                        + "length_feet DECIMAL(8,2), floor_level INTEGER, opened_by VARCHAR = Ada|Max, city VARCHAR = Graz|Lyon, "
                        + "guards VARCHAR = 3|5|12, hall_kind VARCHAR = open|closed, status VARCHAR = in use|empty",
                "crowd: crowd_id INTEGER, crowd INTEGER",
                "stand: stand_id INTEGER, stand_number VARCHAR, rent DECIMAL(8,2), visitors INTEGER, max_load INTEGER, hall_id INTEGER -> hall");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What is the average number of lifts of the halls?                  | average hall.num_of_lifts
            What are the minimum and maximum number of visitors?                | lowest stand.visitors, highest stand.visitors
            Show the number of lifts of the hall East.                          | hall.num_of_lifts; where hall.hall_name is 'East'
            How many different floor levels do the halls have?                  | number of different hall.floor_level
            How many floor levels are there?                                    | number of different hall.floor_level
            How many visitors are there?                                        | total stand.visitors
            What are the average rent and visitors of the stands?               | average stand.rent, average stand.visitors
            What is the average length in feet of the halls?                    | average hall.length_feet
            What is the maximum length in meters?                               | highest hall.length_meters
            How many kinds of stands are there?                                 | number of stand
            How many kinds of halls are there?                                  | number of different hall.hall_kind
            How many crowds came in total?                                      | total crowd.crowd
            How many hall statuses are there?                                   | number of different hall.status
            Show the average rent and the hall kind for stands whose max load is over 20. | average stand.rent, hall.hall_kind; where stand.max_load > 20
            What is the average number of guards of the halls?                  | average hall.guards
            """)
    void areOfTheNumberThatIsHeld(String question, String interpretation) {
        assertThat(questions.plan(question, fair()).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Show the average and maximum rent for all stands with more than 10 visitors. | average stand.rent, highest stand.rent; where stand.visitors > 10
            What is the total rent across all stands?                           | total stand.rent
            What is the average rent for each hall?                             | hall.hall_name, average stand.rent
            What is the average length in feet for different cities?            | average hall.length_feet, hall.city
            What are the cities, and how many halls are there in each?          | hall.city, number of hall
            For each city, how many halls are there?                            | hall.city, number of hall
            For each hall kind, how many of them are there?                     | hall.hall_kind, number of hall
            How many cities are named by the halls?                             | number of different hall.city
            How many halls correspond to each city?                             | number of hall, hall.city
            """)
    void areOfTheGroupsThatAreMeant(String question, String interpretation) {
        assertThat(questions.plan(question, fair()).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"How many stands had a rent?", "How many halls opened by?"})
    void areNotGroupedByWhatIsSaidOfTheCounted(String question) {
        assertThatThrownBy(() -> questions.plan(question, fair())).isInstanceOf(QueryException.class);
    }
}
