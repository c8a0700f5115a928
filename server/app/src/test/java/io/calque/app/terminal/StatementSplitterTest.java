package io.calque.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StatementSplitterTest {
    @Test
    void cutsAtSemicolons() {
        StatementSplitter split = StatementSplitter.split("select 1; select\n2 ;; \n select 3");

        assertThat(split.statements()).containsExactly("select 1", "select\n2");
        assertThat(split.all()).containsExactly("select 1", "select\n2", "select 3");
    }

    @Test
    void passesQuotesAndComments() {
        assertThat(StatementSplitter.split("select ';', \"a;b\", 'it''s;' -- no; end\n, /* ; */ 1; x")
                        .all())
                .containsExactly("select ';', \"a;b\", 'it''s;' -- no; end\n, /* ; */ 1", "x");
        assertThat(StatementSplitter.split("select E'\\';' ; y").all()).containsExactly("select E'\\';'", "y");
    }

    @Test
    void dropsWhatIsOnlyComment() {
        assertThat(StatementSplitter.split(" -- nothing\n ; /* here */ ; ").all())
                .isEmpty();
    }

    @Test
    void knowsThatAQuoteIsOpen() {
        assertThat(StatementSplitter.split("select 'a;").open()).isTrue();
        assertThat(StatementSplitter.split("select 1 /* a;").open()).isTrue();
        assertThat(StatementSplitter.split("select 1").open()).isFalse();
    }
}
