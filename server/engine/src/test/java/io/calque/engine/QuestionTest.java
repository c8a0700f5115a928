package io.calque.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.question.AnsweredQuestion;
import io.calque.spi.question.QuestionPlanner;
import io.calque.spi.question.ToldPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuestionTest {
    private final FakeSource source = new FakeSource("a", 4, 5, FakeSource.Behaviour.NORMAL, "t");
    private final AtomicInteger asked = new AtomicInteger();
    private final List<String> heard = new ArrayList<>();
    private final QueryEngine engine = new QueryEngine(
            EngineConfig.defaults(),
            new FakeCatalog(List.of(source.snapshot())),
            new SourceSet(List.of(source)),
            AccessPolicy.allowAll(),
            List.of(),
            new QuestionPlanner() {
                @Override
                public AnsweredQuestion plan(String question, Asked by) {
                    return answer(question);
                }

                @Override
                public String complete(String previous, String question, Asked by) {
                    return question.startsWith("and") ? previous + " " + question : question;
                }
            },
            EngineFixture.CLOCK);
    private final Session session = engine.open(Principal.LOCAL, Map.of());

    private AnsweredQuestion answer(String question) {
        heard.add(question);
        asked.incrementAndGet();
        if (question.equals("no")) {
            throw new QueryException(ErrorCode.QUESTION_DECLINED, "The question is declined");
        }
        String table = source.snapshot().tables().get(0).name().toString();
        return new AnsweredQuestion(
                "SELECT id, " + (question.equals("unsound") ? "nome" : "name") + " FROM " + table + " WHERE id < 3",
                "{}",
                new ToldPlan("1. Read it.", "scan", "digraph", "flowchart"),
                "it's small",
                List.of("one"),
                List.of(),
                0.9,
                List.of(new SourceId("a")));
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
    }

    private List<List<Object>> rows(String sql) {
        try (QueryRun run = session.prepare(sql).run(List.of(), RunOptions.DEFAULT)) {
            return EngineFixture.rows(run);
        }
    }

    @Test
    void aQuestionIsATableAndAskedOnceAStatement() {
        assertThat(rows(
                        "SELECT x.id, y.id FROM TABLE(NL('small ones')) x JOIN TABLE(NL('small ones')) AS y ON x.id = y.id"
                                + " WHERE x.id > 0 ORDER BY 1"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.get(0)).isEqualTo(row.get(1)));
        assertThat(asked).hasValue(1);
    }

    @Test
    void aPlanTellsHowItWasUnderstood() {
        assertThat(rows("SELECT \"value\" FROM TABLE(NL_PLAN('small ones')) WHERE property = 'interpretation'"))
                .containsExactly(List.of("it's small"));
    }

    @Test
    void aQueryIsToldOnlyWhereSomebodyCan() {
        assertThatThrownBy(() -> session.prepare("SELECT * FROM TABLE(PLAN_OF('SELECT 1'))"))
                .extracting(e -> ((QueryException) e).code())
                .isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    @Test
    void decliningIsAnErrorOfItsOwn() {
        assertThatThrownBy(() -> session.prepare("SELECT * FROM TABLE(NL('no'))"))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("The question is declined")
                .extracting(e -> ((QueryException) e).sqlState())
                .isEqualTo("NL001");
    }

    @Test
    void aQuestionIsALiteral() {
        assertThatThrownBy(() -> session.prepare("SELECT * FROM TABLE(NL(?))"))
                .extracting(e -> ((QueryException) e).code())
                .isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    @Test
    void goesOnFromTheLastQuestionThatWasUnderstood() {
        rows("SELECT * FROM TABLE(NL('small ones'))");
        assertThatThrownBy(() -> session.prepare("SELECT * FROM TABLE(NL('no'))"))
                .isInstanceOf(QueryException.class);
        rows("SELECT * FROM TABLE(NL('and red ones'))");
        assertThat(heard).endsWith("small ones and red ones").contains("no");
    }

    @Test
    void aPlanIsTakenThroughTheOptimizer() {
        assertThat(rows("SELECT \"value\" FROM TABLE(NL_PLAN('small ones')) WHERE property = 'rows'"))
                .singleElement()
                .asString()
                .startsWith("[about ");
        assertThatThrownBy(() -> session.prepare("SELECT * FROM TABLE(NL_PLAN('unsound'))"))
                .hasMessageContaining("The question has no sound plan: ")
                .hasMessageContaining("nome")
                .extracting(e -> ((QueryException) e).code())
                .isEqualTo(ErrorCode.QUESTION_DECLINED);
    }
}
