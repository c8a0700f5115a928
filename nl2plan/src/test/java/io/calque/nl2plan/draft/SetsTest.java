package io.calque.nl2plan.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.nl2plan.ask.Questions;
import io.calque.nl2plan.worlds.World;
import io.calque.spi.question.QuestionPlanner.Asked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets: what both of two kinds of rows have, what some rows do not have, and how many of them there are. */
class SetsTest {
    private final Questions questions = new Questions();

    /** Choirs of towns, who sings in them and where they performed. */
    private static Asked choirs() {
        return World.of(
                "song",
                "choir: choir_id INTEGER, name VARCHAR = Larks|Thrushes, town VARCHAR = Bergen|Malmo|Turku, style VARCHAR = gospel|folk|baroque, "
                        + "budget INTEGER, founded_year INTEGER",
                "singer: singer_id INTEGER, name VARCHAR = Aino Virta|Lars Holt, voice VARCHAR = alto|bass|tenor, age INTEGER, choir_id INTEGER -> choir",
                "hall: hall_id INTEGER, name VARCHAR = Old Mill|Round House, city VARCHAR = Oslo|Lund",
                "concert: concert_id INTEGER, choir_id INTEGER -> choir, hall_id INTEGER -> hall, visitors INTEGER, concert_year INTEGER");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Show the towns that have both choirs with budget above 5000 and choirs with budget below 1000. | choir.town; among (choir.town; where choir.budget > 5000); among (choir.town; where choir.budget < 1000)
            Which styles are shared by choirs from Bergen and Turku?       | choir.style; among (choir.style; where choir.town is 'Bergen'); among (choir.style; where choir.town is 'Turku')
            Show the style shared by choirs with a budget bigger than 900 and smaller than 300. | choir.style; among (choir.style; where choir.budget > 900); among (choir.style; where choir.budget < 300)
            Which town has both gospel and folk choirs?                    | choir.town; among (choir.town; where choir.style is 'gospel'); among (choir.town; where choir.style is 'folk')
            Which styles are shared by more than two choirs?               | choir.style; having number of choir > 2
            """)
    void valuesThatTwoKindsOfRowsHave(String question, String interpretation) {
        assertThat(questions.plan(question, choirs()).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What are the names of choirs that did not have a concert with more than 300 visitors? | choir.name; not among (choir.choir_id; where concert.visitors > 300)
            How many choirs have no concert in Oslo?                       | number of choir; not among (choir.choir_id; where concert of hall.city is 'Oslo')
            Which towns do not have any choir with the style 'gospel'?     | choir.town; not among (choir.town; where choir.style is 'gospel')
            Show the towns without choirs whose budget is above 5000.      | choir.town; not among (choir.town; where choir.budget > 5000)
            Which choirs are not from Bergen?                              | choir.name; where choir.town is not 'Bergen'
            Which choirs have no singers?                                  | choir.name; without any singer
            """)
    void rowsWithout(String question, String interpretation) {
        assertThat(questions.plan(question, choirs()).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Which singers are older than the average age?                  | singer.name; singer.age > the average singer.age
            Which choirs have a budget lower than the highest budget?      | choir.name; choir.budget < the highest choir.budget
            Which choirs have a budget greater than the average? Show their town. | choir.town; choir.budget > the average choir.budget
            Which towns have only one choir?                               | choir.town; having number of choir = 1
            Which choirs are free of singers?                              | choir.name; without any singer
            """)
    void besideFiguresOfAll(String question, String interpretation) {
        assertThat(questions.plan(question, choirs()).interpretation()).isEqualTo(interpretation);
    }

    /** Keys of two databases where one keeps numbers as text. */
    @Test
    void numbersMeetTexts() {
        Asked asked = World.of(
                "mixed",
                "crate: crate_id INTEGER, label VARCHAR",
                "reading: reading_id INTEGER, crate_id VARCHAR -> crate, degrees INTEGER");
        assertThat(questions.plan("Which crates have no reading?", asked).sql())
                .contains("CAST(\"crate_id\" AS VARCHAR) AS \"crate_id_text\"")
                .contains("\"crate_id_text\" = \"reading\".");
    }
}
