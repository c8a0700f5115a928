package io.calque.engine.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementParserTest {
    @Test
    void readsLessons() {
        assertThat(StatementParser.parse("TEACH 'Who''s a VIP?'"))
                .isEqualTo(new Statement.Teach("Who's a VIP?", Optional.empty(), ""));
        assertThat(StatementParser.parse("teach 'Who?' for role auditor as\n SELECT 1 FROM t;"))
                .isEqualTo(new Statement.Teach("Who?", Optional.of("auditor"), "SELECT 1 FROM t"));
        assertThat(StatementParser.parse("TEACH 'Who?' FOR ROLE 'the board' AS SELECT ';' FROM t"))
                .isEqualTo(new Statement.Teach("Who?", Optional.of("the board"), "SELECT ';' FROM t"));
        assertThat(StatementParser.parse("FORGET 'Who?' FOR ROLE \"the board\";"))
                .isEqualTo(new Statement.Forget("Who?", Optional.of("the board")));
    }

    @Test
    void saysHowALessonIsWritten() {
        assertThatThrownBy(() -> StatementParser.parse("TEACH how many"))
                .hasMessageStartingWith("Write TEACH 'question'");
        assertThatThrownBy(() -> StatementParser.parse("FORGET 'a' AS SELECT 1"))
                .hasMessageStartingWith("Write TEACH 'question'");
        assertThatThrownBy(() -> StatementParser.parse("VERIFY TEACH 'a'"))
                .hasMessage("VERIFY takes a query, not TEACH");
    }
}
