package io.calque.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.engine.FakeSource.Behaviour;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two users of one engine, one of whom may not see a column. */
class ColumnRightsTest {
    private static final AccessPolicy NO_NAMES_FOR_ANN = new AccessPolicy() {
        @Override
        public boolean mayRead(Principal principal, TableName table) {
            return true;
        }

        @Override
        public boolean mayRead(Principal principal, TableName table, String column) {
            return !(principal.name().equals("ann") && table.table().equals("person") && column.equals("name"));
        }

        @Override
        public boolean mayPassThrough(Principal principal, SourceId source) {
            return false;
        }

        @Override
        public boolean mayTeach(Principal principal) {
            return !principal.name().equals("ann");
        }

        @Override
        public String digest(Principal principal) {
            return principal.name().equals("ann") ? "no names" : "all";
        }
    };

    private final EngineFixture fixture = new EngineFixture(
            EngineConfig.defaults(), NO_NAMES_FOR_ANN, new FakeSource("a", 4, 3, Behaviour.NORMAL, "person", "place"));
    private final Session ann = fixture.engine.open(new Principal("ann", List.of()), Map.of());
    private final Session bob = fixture.engine.open(new Principal("bob", List.of()), Map.of());

    @AfterEach
    void close() {
        ann.close();
        bob.close();
        fixture.close();
    }

    private static List<List<Object>> rows(Session session, String sql) {
        try (QueryRun run = session.prepare(sql).run(List.of(), RunOptions.DEFAULT)) {
            return EngineFixture.rows(run);
        }
    }

    @Test
    void aStarLeavesTheColumnOutForWhomItIsHidden() {
        assertThat(rows(bob, "SELECT * FROM person WHERE id = 1")).containsExactly(List.of(1L, "row 1"));
        assertThat(rows(ann, "SELECT * FROM person WHERE id = 1")).containsExactly(List.of(1L));
        assertThat(rows(ann, "SELECT p.*, q.* FROM person p JOIN place q ON p.id = q.id WHERE p.id = 1"))
                .containsExactly(List.of(1L, 1L, "row 1"));
        assertThat(rows(ann, "SELECT count(*) FROM person")).containsExactly(List.of(3L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT name FROM person",
                "SELECT p.name FROM person p",
                "SELECT \"name\" FROM person",
                "SELECT id FROM person WHERE name = 'row 1'",
                "SELECT count(*) FROM person GROUP BY name",
                "SELECT max(name) FROM person",
                "SELECT id FROM person ORDER BY name",
                "SELECT p.id FROM person p JOIN place q ON p.name = q.name",
                "SELECT id FROM person p JOIN place q USING (name)",
                "SELECT id FROM place WHERE EXISTS (SELECT 1 FROM person WHERE person.name = place.name)",
                "SELECT a.nmae FROM person a"
            })
    void namingItIsNamingWhatDoesNotExist(String sql) {
        assertThatThrownBy(() -> ann.prepare(sql))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_NOT_FOUND));
    }

    @Test
    void itIsNeverSuggested() {
        assertThatThrownBy(() -> bob.prepare("SELECT nme FROM person")).hasMessageContaining("Did you mean 'name'?");
        assertThatThrownBy(() -> ann.prepare("SELECT nme FROM person"))
                .message()
                .doesNotContain("name");
        assertThatThrownBy(() -> ann.prepare("SELECT p.nme FROM person p"))
                .message()
                .doesNotContain("name");
    }

    @Test
    void aNaturalJoinDoesNotJoinByIt() {
        assertThat(rows(bob, "SELECT count(*) FROM person NATURAL JOIN place")).containsExactly(List.of(3L));
        assertThat(rows(ann, "SELECT * FROM person NATURAL JOIN place WHERE id = 2"))
                .containsExactly(List.of(2L, "row 2"));
    }

    @Test
    void aViewShowsWhatItsReaderMaySee() {
        rows(bob, "CREATE VIEW everything AS SELECT * FROM person");
        rows(bob, "CREATE VIEW names AS SELECT name FROM person");
        assertThat(rows(bob, "SELECT * FROM everything WHERE id = 0")).containsExactly(List.of(0L, "row 0"));
        assertThat(rows(ann, "SELECT * FROM everything WHERE id = 0")).containsExactly(List.of(0L));
        assertThat(rows(bob, "SELECT count(*) FROM names")).containsExactly(List.of(3L));
        assertThatThrownBy(() -> ann.prepare("SELECT * FROM names")).isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> ann.prepare("CREATE VIEW mine AS SELECT name FROM person")
                        .run(List.of(), RunOptions.DEFAULT))
                .isInstanceOf(QueryException.class);
    }

    @Test
    void whoMayNotTeachIsToldSo() {
        assertThatThrownBy(() -> rows(ann, "TEACH 'Who?' AS SELECT id FROM person"))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ACCESS_DENIED));
        assertThatThrownBy(() -> rows(ann, "FORGET 'Who?'")).hasMessageContaining("'ann' may not say");
    }

    /** The texts are the same, the plans are not. */
    @Test
    void plansAreNotSharedByWhoSeesMore() {
        String sql = "SELECT * FROM person WHERE id < 2 ORDER BY id";
        assertThat(bob.prepare(sql).columns()).hasSize(2);
        assertThat(ann.prepare(sql).columns()).hasSize(1);
        assertThat(bob.prepare(sql).columns()).hasSize(2);
        assertThat(rows(ann, sql)).containsExactly(List.of(0L), List.of(1L));
    }
}
