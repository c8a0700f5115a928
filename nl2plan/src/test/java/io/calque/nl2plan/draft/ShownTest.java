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

/** Which columns a question shows. */
class ShownTest {
    private final Questions questions = new Questions();

    /** A theatre: names of its own in several tables, and words that are a table and a column. */
    private static Asked theatre() {
        return World.of(
                "theatre",
                "town: town VARCHAR = Ghent|Delft, region VARCHAR = North|South",
                "play: play_id INTEGER, name VARCHAR = Ghosts|Emilia, premiere_year INTEGER, description VARCHAR",
                "stage_detail: stage_id INTEGER, stage_name VARCHAR, keeper_name VARCHAR, seats INTEGER, town VARCHAR -> town, "
                        + "stage_description VARCHAR",
                "actor: actor_id INTEGER, name VARCHAR, age INTEGER, birth_town VARCHAR, hiring_time VARCHAR, play_id INTEGER -> play",
                "showing: showing_id INTEGER, play_id INTEGER -> play, stage_id INTEGER -> stage_detail, "
                        + "ticket_made_on DATE, ticket_paid_on DATE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What are the names and seats of stages?                 | stage_detail.stage_name, stage_detail.seats
            Show the name, the age and the birth town of the actors. | actor.name, actor.age, actor.birth_town
            List the towns and seats of all stages.                 | stage_detail.town, stage_detail.seats
            What are the descriptions of each stage?                | stage_detail.stage_description
            For each stage, show the name and the town.             | stage_detail.stage_name, stage_detail.town
            What are the names of the keepers of the stages?        | stage_detail.keeper_name
            What are the names of the actors and the plays that they are in? | actor.name, play.name
            List the names and ages of actors and the names of their plays. | actor.name, actor.age, play.name
            Find the hiring time, age and name of each actor.       | actor.hiring_time, actor.age, actor.name
            What are the ticket dates and payment dates of all showings? | showing.ticket_made_on, showing.ticket_paid_on
            List the towns.                                         | town.town
            Show the names of the three largest stages by seats.    | stage_detail.stage_name; by stage_detail.seats, highest first; the first 3
            What are the ids and names of the 2 oldest actors?      | actor.actor_id, actor.name; by actor.age, highest first; the first 2
            List the id and the name of each stage and the number of showings it had. | stage_detail.stage_id, stage_detail.stage_name, number of showing
            Show all information about the towns.                   | town.town, town.region
            Give me the details of every town in the region 'North'. | town.town, town.region; where town.region is 'North'
            List the full names of the actors.                      | actor.name
            Show the names and ages of actors who play in a play called 'Ghosts'. | actor.name, actor.age; where play.name is 'Ghosts'
            """)
    void areThoseOfWhatTheyAreSaidOf(String question, String interpretation) {
        assertThat(questions.plan(question, theatre()).interpretation()).isEqualTo(interpretation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Show the name, the wage and the age of the actors.",
                "What are the details and the number of showings per town?",
                "List the names of actors and the showings.",
            })
    void areDeclinedWhereOneOfThemCannotBeTold(String question) {
        assertThatThrownBy(() -> questions.plan(question, theatre())).isInstanceOf(QueryException.class);
    }
}
