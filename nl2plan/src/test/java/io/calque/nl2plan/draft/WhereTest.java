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

/** Conditions on rows: values, numbers, years and pieces of text, and how several go together. */
class WhereTest {
    private final Questions questions = new Questions();

    private static Asked concerts() {
        return World.of(
                "concerts",
                "hall: hall_id INTEGER, name VARCHAR = Opera Hall|Town Barn|Old Mill, town VARCHAR = Lyon|Graz|Turin, seats INTEGER, "
                        + "area DECIMAL(8,1), opened_year VARCHAR = 1998|2005|2010, rooms VARCHAR = 4|12|30",
                "concert: concert_id INTEGER, title VARCHAR = Blue Night|Long Road|The Sound of the Sea, year INTEGER, price DECIMAL(8,2), kind VARCHAR = jazz|folk|rock, "
                        + "hall_id INTEGER -> hall",
                "series: series_id INTEGER, name VARCHAR = Winter Nights|Open Air, first_year INTEGER, last_year INTEGER",
                "trip: trip_id INTEGER, origin VARCHAR = Lyon|Graz, destination VARCHAR = Lyon|Graz, distance_km INTEGER",
                "musician: musician_id INTEGER, first_name VARCHAR = Ida|Olav, last_name VARCHAR = Berg|Dahl, age INTEGER",
                "plays: plays_id INTEGER, musician_id INTEGER -> musician, concert_id INTEGER -> concert");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Which halls have an area greater than 10 or seats above 500? | hall.name; where hall.area > 10 or hall.seats > 500
            List the halls in Graz or with more than 500 seats. | hall.name; where hall.town is 'Graz' or hall.seats > 500
            Which halls in Graz have seats over 500 or an area under 10? | hall.name; where hall.town is 'Graz' and hall.seats > 500 or hall.area < 10
            Show the titles of concerts in 2008 or 2010. | concert.title; where concert.year in 2008 or concert.year 2010
            Show the titles of concerts before 2000 or after 2010. | concert.title; where concert.year before 2000 or concert.year after 2010
            Show the titles of concerts after 2000 and before 2010. | concert.title; where concert.year after 2000 and concert.year before 2010
            Show the titles of concerts of kind jazz or in 2010. | concert.title; where concert.kind is 'jazz' or concert.year in 2010
            Show the titles of concerts in 2010 or with a price above 20. | concert.title; where concert.price > 20 or concert.year in 2010
            Which halls were opened after 2000? | hall.name; where hall.opened_year after 2000
            Which halls are not located in Graz? | hall.name; where hall.town is not 'Graz'
            Which halls are not in the town of Graz? | hall.name; where hall.town is not 'Graz'
            Which halls are not in Graz or Turin? | hall.name; where hall.town is not 'Graz' and hall.town is not 'Turin'
            Which halls have rooms above 10? | hall.name; where hall.rooms > 10
            Which halls have seats between 120 and 150? | hall.name; where hall.seats >= 120 and hall.seats <= 150
            Which concerts cost between $10 and $20? Show their titles. | concert.title; where concert.price >= 10 and concert.price <= 20
            Which halls have seats between 1000 and 2000? | hall.name; where hall.seats >= 1000 and hall.seats <= 2000
            Show the names of halls with seats more than 2000. | hall.name; where hall.seats > 2000
            Show the towns of halls of area above 50. | hall.town; where hall.area > 50
            Which musicians are aged either 36 or 37? | musician.first_name, musician.last_name; where musician.age = 36 or musician.age = 37
            Which musicians are older than 30? | musician.first_name, musician.last_name; where musician.age > 30
            How many musicians are not 20 years old? | number of musician; where musician.age <> 20
            Which hall name contains the substring "Barn"? | hall.name; where hall.name is like '%Barn%'
            Which halls have the word "Old" in their name? | hall.name; where hall.name is like '%Old%'
            Which towns of halls contain the letter 'a'? | hall.town; where hall.town is like '%a%'
            Show the names of halls whose name starts with the letter "O" or "T". | hall.name; where hall.name is like 'O%' or hall.name is like 'T%'
            Show the prices of the concerts named "Short Day". | concert.price; where concert.title is 'Short Day'
            Which concerts did the musician "Ida Berg" play? | concert.title; where musician.first_name is 'Ida' and musician.last_name is 'Berg'; with plays
            Which concerts did the musician "Eva Lund" play? | concert.title; where musician.first_name is 'Eva' and musician.last_name is 'Lund'; with plays
            Which halls are in Graz town? | hall.name; where hall.town is 'Graz'
            Which halls were opened after 2000 with at least 1000 seats? | hall.name; where hall.seats >= 1000 and hall.opened_year after 2000
            How many trips go from Lyon to Graz? | number of trip; where trip.origin is 'Lyon' and trip.destination is 'Graz'
            Which trips to Lyon were longer than 100 kilometers? | trip.trip_id; where trip.destination is 'Lyon' and trip.distance_km > 100
            Show the titles of concerts before the year 2000 or after the year 2010. | concert.title; where concert.year before the year 2000 or concert.year after the year 2010
            Show the first year and the last year of the series named "Winter Nights". | series.first_year, series.last_year; where series.name is 'Winter Nights'
            Show the names of halls outside Graz. | hall.name; where hall.town is not 'Graz'
            What is the price of the concert titled The Sound of the Sea? | concert.price; where concert.title is 'The Sound of the Sea'
            Show the town of halls opened after 2000 and larger than 80. | hall.town; where hall.area > 80 and hall.opened_year after 2000
            Show the titles of concerts of kind jazz or in halls in Graz. | concert.title; where concert.kind is 'jazz' or hall.town is 'Graz'
            """)
    void areUnderstood(String question, String interpretation) {
        assertThat(questions.plan(question, concerts()).interpretation()).isEqualTo(interpretation);
    }

    /** What cannot be put into the plan is not left out of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which halls are in Graz and have seats above 500 or an area under 10?",
                "Which halls have more than 3 concerts or seats above 500?",
            })
    void areDeclined(String question) {
        assertThatThrownBy(() -> questions.plan(question, concerts())).isInstanceOf(QueryException.class);
    }
}
