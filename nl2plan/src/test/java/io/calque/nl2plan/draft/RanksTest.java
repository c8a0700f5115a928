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

/** Superlatives: by which figure, in which direction, and of what. */
class RanksTest {
    private static final Asked FLEET = World.of(
            "fleet",
            "harbour: harbour_id INTEGER, name VARCHAR = Porto|Hull, population INTEGER, depth DOUBLE",
            "ship: ship_id INTEGER, name VARCHAR = Albatross|Petrel, flag VARCHAR = Panama|Malta, length_m DOUBLE, year_built INTEGER, "
                    + "number_of_decks INTEGER, home_id INTEGER -> harbour",
            "deck: deck_id INTEGER, label VARCHAR, ship_id INTEGER -> ship",
            "sailor: sailor_id INTEGER, name VARCHAR, age INTEGER, height DOUBLE, points INTEGER, ship_id INTEGER -> ship",
            "voyage: voyage_id INTEGER, ship_id INTEGER -> ship, harbour_id INTEGER -> harbour, arrived_on DATE, cargo VARCHAR = grain|steel",
            "officer: officer_id INTEGER, name VARCHAR, birth_date DATE, salary DOUBLE, ship_id INTEGER -> ship");

    private static final String FIRST = "; the first 1 and those equal to it";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What is the name of the oldest sailor?                          | sailor.name; by sailor.age, highest first
            Show the height of the youngest sailor                          | sailor.height; by sailor.age, lowest first
            What is the name of the oldest officer?                         | officer.name; by officer.birth_date, lowest first
            What is the name of the youngest officer?                       | officer.name; by officer.birth_date, highest first
            Which sailor is the tallest?                                    | sailor.name; by sailor.height, highest first
            What is the name of the shortest sailor?                        | sailor.name; by sailor.height, lowest first
            Which harbour is the deepest?                                   | harbour.name; by harbour.depth, highest first
            What is the name of the harbour with the most inhabitants?      | harbour.name; by harbour.population, highest first
            Show the flag of the ship with the maximum length               | ship.flag; by ship.length_m, highest first
            What is the flag of the ship sailed by the sailor with the most points? | ship.flag; by sailor.points, highest first
            Which ship has the most decks?                                  | ship.name; by ship.number_of_decks, highest first
            Which ship has the fewest number of voyages?                    | ship.name, number of voyage; by number of voyage, lowest first
            What is the most common flag?                                   | ship.flag, number of ship; by number of ship, highest first
            What is the most common flag, and how many are there?           | ship.flag, number of ship; by number of ship, highest first
            Give the least common cargo across all voyages                  | voyage.cargo, number of voyage; by number of voyage, lowest first
            Show the name of the ship whose length is the largest           | ship.name; by ship.length_m, highest first
            What is the flag of the ship which has the most sailors?        | ship.flag, number of sailor; by number of sailor, highest first
            Which officer earns the most?                                   | officer.name; by officer.salary, highest first
            Which sailor has the best points?                               | sailor.name; by sailor.points, highest first
            Which cargo is the most popular?                                | voyage.cargo, number of voyage; by number of voyage, highest first
            """)
    void picksTheFirst(String question, String interpretation) {
        assertThat(new Questions().plan(question, FLEET).interpretation()).isEqualTo(interpretation + FIRST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What are the names of the 3 oldest sailors?           | sailor.name; by sailor.age, highest first; the first 3
            List the flags of the three longest ships             | ship.flag; by ship.length_m, highest first; the first 3
            Show the names of the ships with the top 2 lengths     | ship.name; by ship.length_m, highest first; the first 2
            Show the names of the sailors with the top 3 highest points | sailor.name; by sailor.points, highest first; the first 3
            What are the names of the 2 ships that have the most sailors? | ship.name, number of sailor; by number of sailor, highest first; the first 2
            What are the 2 highest populations?                   | harbour.population; by harbour.population, highest first; the first 2
            What are the names of the three most recent ships?    | ship.name; by ship.year_built, highest first; the first 3
            """)
    void picksAsManyAsAsked(String question, String interpretation) {
        assertThat(new Questions().plan(question, FLEET).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which is the most popular harbour?",
                "Which voyage is the most expensive?",
                "What is the name of the fastest ship?",
                "List the ships from fastest to slowest",
                "Which officer is the tallest?"
            })
    void declinesWhatNothingMeasures(String question) {
        assertThatThrownBy(() -> new Questions().plan(question, FLEET)).isInstanceOf(QueryException.class);
    }
}
