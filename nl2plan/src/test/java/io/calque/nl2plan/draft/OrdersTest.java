package io.calque.nl2plan.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.nl2plan.ask.Questions;
import io.calque.nl2plan.worlds.World;
import io.calque.spi.question.QuestionPlanner.Asked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rows are listed in the order of, and how that is said. */
class OrdersTest {
    private static final Asked FLEET = World.of(
            "fleet",
            "harbour: harbour_id INTEGER, name VARCHAR = Porto|Hull, berths INTEGER, rank INTEGER",
            "ship: ship_id INTEGER, name VARCHAR = Albatross|Petrel, flag VARCHAR = Panama|Malta, length_m DOUBLE, year_built INTEGER, "
                    + "number_of_decks INTEGER, home_id INTEGER -> harbour",
            "sailor: sailor_id INTEGER, name VARCHAR, age INTEGER, height DOUBLE, hourly_rate DOUBLE, ship_id INTEGER -> ship",
            "call: call_id INTEGER, ship_id INTEGER -> ship, harbour_id INTEGER -> harbour, arrived_on DATE");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            List the names of ships in descending order of length           | ship.name; by ship.length_m, highest first
            What are the flags of ships in ascending order by year built?   | ship.flag; by ship.year_built, lowest first
            Show name and age of all sailors, ordered descending by age      | sailor.name, sailor.age; by sailor.age, highest first
            Show the name of each ship and sort the results by length        | ship.name; by ship.length_m, lowest first
            List all sailor names. Order them by height in decreasing order  | sailor.name; by sailor.height, highest first
            List the names of sailors by age in descending order             | sailor.name; by sailor.age, highest first
            What are the names of harbours in descending order?              | harbour.name; by harbour.name, highest first
            Sort the names of all harbours in alphabetical order             | harbour.name; by harbour.name, lowest first
            Show flag and name of ships in alphabetical order of name        | ship.flag, ship.name; by ship.name, lowest first
            List the harbours in reverse alphabetical order                  | harbour.name; by harbour.name, highest first
            Find the names of sailors and list them in ascending order of the length of the ship | sailor.name; by ship.length_m, lowest first
            Show ship names in descending order of the number of sailors     | ship.name, number of sailor; by number of sailor, highest first
            Show the names of ships sorted by number of decks                | ship.name; by ship.number_of_decks, lowest first
            List the ships from longest to shortest                          | ship.name; by ship.length_m, highest first
            Sort the sailors by age from youngest to oldest                  | sailor.name; by sailor.age, lowest first
            List the sailors by age, oldest first                            | sailor.name; by sailor.age, highest first
            List all ships, newest first                                     | ship.name; by ship.year_built, highest first
            List all sailors, oldest first                                   | sailor.name; by sailor.age, highest first
            Order the harbours by berths                                     | harbour.name; by harbour.berths, lowest first
            What are the names of harbours in ascending order of rank?       | harbour.name; by harbour.rank, lowest first
            """)
    void ordersBy(String question, String interpretation) {
        assertThat(new Questions().plan(question, FLEET).interpretation()).isEqualTo(interpretation);
    }
}
