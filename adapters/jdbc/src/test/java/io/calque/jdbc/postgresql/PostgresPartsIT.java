package io.calque.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.jdbc.Reading;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions.Reads;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a scan have each of its rows once, and see one state of the database. */
@Timeout(120)
final class PostgresPartsIT {
    private static OwnDatabase own;

    @BeforeAll
    static void open() throws Exception {
        own = OwnDatabase.of(
                "CREATE TABLE wide AS SELECT i, repeat('x', i % 90) AS t FROM generate_series(1, 20000) i",
                "DELETE FROM wide WHERE i % 7 = 0",
                "UPDATE wide SET t = t || 'y' WHERE i % 5 = 0",
                "CREATE TABLE none (i int, t text)",
                "CREATE TABLE moving AS SELECT i, 'before' AS t FROM generate_series(1, 20000) i",
                "CREATE TABLE parent (i int, t text) PARTITION BY RANGE (i)",
                "CREATE TABLE child PARTITION OF parent FOR VALUES FROM (0) TO (100000)",
                "INSERT INTO parent SELECT i, 'p' FROM generate_series(1, 5000) i",
                "CREATE VIEW seen AS SELECT * FROM wide",
                "ANALYZE");
    }

    @AfterAll
    static void close() {
        own.close();
    }

    private static NativeQuery query(String table, UnaryOperator<RelBuilder> above) {
        return own.source().compiler().compile(above.apply(own.scan(table)).build());
    }

    /** Rows whose i is below 300 or above 15,000: a condition that must keep its parentheses. */
    private static RelBuilder either(RelBuilder scan) {
        return scan.filter(scan.or(
                scan.call(SqlStdOperatorTable.LESS_THAN, scan.field("i"), scan.literal(300)),
                scan.call(SqlStdOperatorTable.GREATER_THAN, scan.field("i"), scan.literal(15_000))));
    }

    private static List<List<Object>> read(ReadSession session, NativeQuery query) {
        try (RowCursor cursor = session.read(query, Bindings.NONE)) {
            return Reading.rows(cursor);
        }
    }

    private static List<List<Object>> readAll(ReadSession session, List<NativeQuery> parts) {
        List<List<Object>> rows = new ArrayList<>();
        parts.forEach(part -> rows.addAll(read(session, part)));
        return rows;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 64})
    void haveEachRowOnce(int count) {
        for (NativeQuery whole : List.of(query("wide", scan -> scan), query("wide", PostgresPartsIT::either))) {
            List<List<Object>> expected = Reading.rows(own.source(), whole);
            assertThat(whole.dividableRows()).isPresent();
            try (ReadSession session = own.source().begin(Reading.OPTIONS.expecting(Reads.PARTS))) {
                List<NativeQuery> parts = session.divide(whole, count);
                assertThat(parts).hasSize(count);
                assertThat(readAll(session, parts)).containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Reads.class,
            names = {"PARTS", "SEVERAL"})
    void seeOneStateWhileRowsMove(Reads reads) throws SQLException {
        NativeQuery whole = query("moving", scan -> scan);
        List<List<Object>> before = Reading.rows(own.source(), whole);
        try (ReadSession session = own.source().begin(Reading.OPTIONS.expecting(reads))) {
            List<NativeQuery> parts = session.divide(whole, 4);
            List<List<Object>> rows = new ArrayList<>();
            try (RowCursor first = session.read(parts.get(0), Bindings.NONE)) {
                own.run("UPDATE moving SET t = 'after' WHERE i % 3 = 0", "DELETE FROM moving WHERE i % 11 = 0");
                // a second connection, while the first is in use
                rows.addAll(readAll(session, parts.subList(1, 4)));
                rows.addAll(Reading.rows(first));
            }
            assertThat(session.consistency()).isEqualTo(ReadSession.Consistency.SNAPSHOT);
            assertThat(rows).containsExactlyInAnyOrderElementsOf(before);
        }
        own.run("DELETE FROM moving", "INSERT INTO moving SELECT i, 'before' FROM generate_series(1, 20000) i");
    }

    @Test
    void areNotMadeOfWhatIsNoPlainScan() {
        assertThat(query("wide", scan -> scan.limit(0, 10)).dividableRows()).isEmpty();
        assertThat(query("wide", scan -> scan.sort(0)).dividableRows()).isEmpty();
        assertThat(query("wide", scan -> scan.aggregate(scan.groupKey("t"), scan.count()))
                        .dividableRows())
                .isEmpty();
        assertThat(query("wide", scan -> scan.distinct()).dividableRows()).isEmpty();
        assertThat(query("seen", scan -> scan).dividableRows()).isEmpty();
        assertThat(query("parent", scan -> scan).dividableRows()).isEmpty();
        NativeQuery empty = query("none", scan -> scan);
        try (ReadSession session = own.source().begin(Reading.OPTIONS.expecting(Reads.PARTS))) {
            assertThat(session.divide(empty, 4)).containsExactly(empty);
            assertThat(read(session, empty)).isEmpty();
        }
    }
}
