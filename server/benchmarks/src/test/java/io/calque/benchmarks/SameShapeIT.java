package io.calque.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.benchmarks.tpch.SharedTpch;
import io.calque.benchmarks.tpch.TpchInstallation;
import io.calque.benchmarks.tpch.TpchSplit;
import io.calque.engine.QueryRun;
import io.calque.engine.RunOptions;
import io.calque.engine.Session;
import io.calque.spi.access.Principal;
import io.calque.spi.batch.ColumnBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A statement planned for its shape gives the rows of a statement planned for itself, whatever its constants are: whole, of other scales,
 * negative, too large for the column, of other lengths, with quotes. Its sources are asked the same, but for the constants.
 */
@Timeout(180)
@ExtendWith(SharedTpch.class)
class SameShapeIT {
    private static Session session;
    private static int comments;

    @BeforeAll
    static void start(TpchInstallation tpch) {
        session = tpch.server(TpchSplit.MIXED).engine().open(Principal.LOCAL, Map.of());
    }

    @AfterAll
    static void stop() {
        session.close();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "shared | select count(*), min(o_orderkey) from orders where o_totalprice < #"
                        + " | 1000; 2000; 1000.5; 99999.99; 1000.555; -3; 0; -0.5; 999999999999999999; 99999999999999999999; 1e5",
                "shared | select o_orderdate, o_totalprice from orders where o_orderkey = # | 7; 1; 2; -7; 7.0; 7.5; 0; 9999999999",
                "shared | select c_custkey, c_name from customer where c_name = #"
                        + " | 'Customer#000000007'; 'Customer#000000008'; ''; 'it''s'; 'ü𝄞'; ' Customer#000000007';"
                        + " 'Customer#000000007 '; 'longer than any name of a customer can be'",
                "shared | select count(*) from customer where c_nationkey >= # and c_mktsegment <> 'BUILDING' | 3; 4; -1; 2.5; 99",
                "shared | select p_name from part where p_partkey = # | 7; 8; 9; -1; 7.0; 7.5; 123456789012",
                "shared | select count(*), max(p_name) from part where p_size <= # | 7; 8; 50; 0; -1; 7.5; 99999999999",
                "shared | select count(*) from part where p_retailprice > #"
                        + " | 1000; 1000.1; 1000.10; 1000.111; 904.00; 903.9; -1; 99999999999999999999",
                "shared | select p_partkey from part where p_brand = # order by p_partkey | 'Brand#13'; 'Brand#14'; 'brand#13'; ''; 'x''y'",
                "shared | select n_name from nation where n_nationkey = # | 7; 8; 9; 7.0; 7.5; -1; 123456789012",
                "shared | select n_nationkey from nation where n_name < # order by 1 | 'C'; 'CHINA'; 'c'; ''; 'it''s'; 'ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ'",
                "shared | select c_name, n_name from customer join nation on c_nationkey = n_nationkey where c_custkey = #"
                        + " | 7; 8; 9; 10; -1; 7.5",
                "alone | select c_name, n_name from customer join nation on c_nationkey = n_nationkey where c_custkey < #"
                        + " | 7; 8; 9; -1; 7.5; 100000",
                "alone | select o_orderkey from orders where o_orderkey in (#) order by 1 | 7; 7, 1; 7, 1, 2; 7, 99",
                "alone | select count(*) from orders where o_orderdate = # | date '1996-01-02'; date '1996-12-01'; '1996-01-02'",
                "alone | select o_orderkey from orders where o_custkey > 0 order by 1 limit # | 1; 2; 3",
                "alone | select c_custkey = 7 as seven, count(*) from customer where c_custkey = # group by c_custkey = 7 | 7; 8",
            })
    void givesTheRowsOfAPlanOfItsOwn(String plan, String template, String constants) {
        boolean[] shared = {false};
        for (String constant : constants.split(";\\s*")) {
            String sql = template.replace("#", constant.strip());
            Answer own = run("/* " + ++comments + " */ " + sql);
            // once to see the shape, once to plan it, once to use it
            for (int i = 0; i < 2; i++) {
                Answer answer = run(sql);
                assertThat(answer.rows()).as(sql).isEqualTo(own.rows());
                shared[0] |= answer.sent().stream().anyMatch(text -> text.contains("?"));
            }
        }
        assertThat(shared[0]).as("a plan for " + template).isEqualTo(plan.equals("shared"));
    }

    private record Answer(List<List<Object>> rows, List<String> sent) {}

    /** The rows, or the failure, and the native texts. */
    private static Answer run(String sql) {
        List<List<Object>> rows = new ArrayList<>();
        String id;
        try (QueryRun run = session.prepare(sql).run(List.of(), RunOptions.DEFAULT)) {
            id = run.queryId();
            rows.addAll(read(run));
        }
        List<String> sent = new ArrayList<>();
        try (QueryRun run = session.prepare("select native_text from system.system.query_sources where query_id = ?")
                .run(List.of(id), RunOptions.DEFAULT)) {
            read(run).forEach(row -> sent.add(String.valueOf(row.get(0))));
        }
        return new Answer(rows, sent);
    }

    private static List<List<Object>> read(QueryRun run) {
        List<List<Object>> rows = new ArrayList<>();
        for (Optional<ColumnBatch> batch = run.next(); batch.isPresent(); batch = run.next()) {
            for (int i = 0; i < batch.get().rows(); i++) {
                int row = i;
                rows.add(batch.get().columns().stream()
                        .map(column -> (Object) String.valueOf(column.get(row)))
                        .toList());
            }
        }
        return rows;
    }
}
