package io.calque.app.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChoicesTest {
    private static final Choices NAMES =
            new Choices("names", List.of("column music.music.artists.name", "column office.main.support_agent.name"));

    @Test
    void areReadFromTheMessage() {
        assertThat(Choices.in(
                        "'names' may mean column music.music.artists.name or column office.main.support_agent.name;"
                                + " say whose it is"))
                .contains(NAMES);
        assertThat(Choices.in("The question is declined")).isEmpty();
    }

    @Test
    void areSaidInTheQuestion() {
        assertThat(NAMES.chosen("List the names", 1)).isEqualTo("List the names of the support agent");
        assertThat(new Choices(
                                "Oslo",
                                List.of("value 'Oslo' of a.main.boat.home_port", "value 'Oslo' of a.main.captain.city"))
                        .chosen("How many in Oslo?", 0))
                .isEqualTo("How many in boat home port Oslo?");
    }
}
