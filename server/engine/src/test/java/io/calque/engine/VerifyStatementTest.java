package io.calque.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.engine.FakeSource.Behaviour;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class VerifyStatementTest {
    private final EngineFixture fixture = EngineFixture.over(new FakeSource("a", 1, 100, Behaviour.NORMAL, "t"));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void saysThatBothAnswersAgree() {
        List<List<Object>> report = fixture.rows("verify select id from t where id < 10 order by id desc");

        assertThat(report.get(0)).containsExactly("answer", "10 rows", "10 rows", "yes");
        assertThat(report.get(1)).containsExactly("order", "id", "id", "yes");
        assertThat(report)
                .extracting(line -> line.get(0))
                .endsWith("native queries", "rows fetched", "planning", "running");
        assertThat(fixture.session.settings()).containsEntry("pushdown", "on");
    }

    @Test
    void takesParametersOfItsQuery() {
        assertThat(fixture.rows("VERIFY SELECT id FROM t WHERE id = ?", 7).get(0))
                .containsExactly("answer", "1 row", "1 row", "yes");
    }

    @Test
    void comparesWithPushdownAlsoWhereTheSessionHasItOff() {
        fixture.session.set("pushdown", "off");

        assertThat(fixture.rows("verify select count(*) from t").get(0))
                .isEqualTo(Arrays.asList("answer", "1 row", "1 row", "yes"));
        assertThat(fixture.session.settings()).containsEntry("pushdown", "off");
    }

    @Test
    void comparesFailuresOfTheData() {
        assertThat(fixture.rows("verify select 1 / (id - id) from t").get(0))
                .first()
                .isEqualTo("answer");
        assertThat(fixture.rows("verify select 1 / (id - id) from t").get(0).toString())
                .contains("SQLSTATE 22012")
                .endsWith("yes]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VERIFY                          | VERIFY takes a query: VERIFY SELECT ...
            VERIFY ;                        | VERIFY takes a query: VERIFY SELECT ...
            VERIFY SET pushdown = off       | VERIFY takes a query, not SET
            VERIFY EXPLAIN SELECT 1         | VERIFY takes a query, not EXPLAIN
            VERIFY VERIFY SELECT 1          | VERIFY takes a query, not VERIFY
            VERIFY SELCT 1                  | No statement begins with 'SELCT'. Did you mean SELECT?
            VERFIY SELECT 1                 | No statement begins with 'VERFIY'. Did you mean VERIFY?
            """)
    void saysWhatItTakes(String sql, String message) {
        assertThatThrownBy(() -> fixture.rows(sql))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SYNTAX_ERROR))
                .hasMessage(message);
    }

    @Test
    void namesTheNearestColumn() {
        assertThatThrownBy(() -> fixture.rows("verify select idd from t")).hasMessageContaining("Did you mean 'id'?");
    }
}
