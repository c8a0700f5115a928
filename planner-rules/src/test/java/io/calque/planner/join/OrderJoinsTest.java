package io.calque.planner.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.planner.pushdown.JoinOrders;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderJoinsTest {
    private static JoinWorld orders(String nations, String customers) {
        return new JoinWorld()
                .table("lite", "customer", 150_000, "c_custkey:150000", "c_nationkey:" + nations)
                .table("mongo", "orders", 227_651, "o_orderkey:227651", "o_custkey:" + customers)
                .table("pg", "lineitem", 6_000_000, "l_orderkey:400000", "l_suppkey:10000")
                .table("lite", "supplier", 10_000, "s_suppkey:10000", "s_nationkey:25")
                .table("lite", "nation", 25, "n_nationkey:25", "n_regionkey:5")
                .table("lite", "region", 5, "r_regionkey:5", "r_name:5")
                .where("region", "r_name");
    }

    /** TPC-H Q5 at scale factor 1: customers and suppliers of a nation make 120 million pairs, which took 200 s before they were stopped. */
    @Test
    void pairsNoManyWithMany() {
        String[] on = {
            "c_custkey = o_custkey",
            "l_orderkey = o_orderkey",
            "l_suppkey = s_suppkey",
            "c_nationkey = s_nationkey",
            "s_nationkey = n_nationkey",
            "n_regionkey = r_regionkey"
        };
        for (JoinOrders orders : List.of(JoinOrders.GREEDY, JoinOrders.BY_COST)) {
            assertThat(orders("25", "100000").ordered(orders, on))
                    .isEqualTo("((lineitem (supplier (nation region))) (orders customer))");
            // A sample may say too much, or nothing.
            assertThat(orders("?", "914580").ordered(orders, on))
                    .isEqualTo("((lineitem (supplier (nation region))) (orders customer))");
        }
    }

    /** The smallest join of two leaves only joins of ten million rows; two larger ones leave none. */
    @Test
    void joinsTwoPairsWhereThatMakesFewerRows() {
        JoinWorld world = new JoinWorld()
                .table("one", "a", 1_000_000, "a_b:10000", "a_d:100000")
                .table("two", "b", 10_000, "b_key:10000", "b_c:150")
                .table("one", "c", 10_000, "c_key:10000", "c_b:150")
                .table("two", "d", 1_000_000, "d_c:10000", "d_a:100000");
        String[] on = {"a_b = b_key", "b_c = c_b", "d_c = c_key", "a_d = d_a"};
        assertThat(world.ordered(JoinOrders.GREEDY, on)).isEqualTo("((a d) (b c))");
        assertThat(world.ordered(JoinOrders.BY_COST, on)).isEqualTo("((a b) (d c))");
    }

    /** A star of fifteen has 114,688 pairs of sets: some joins are made greedily first. */
    @Test
    void endsInTimeWhateverTheForm() {
        List<String> columns = new ArrayList<>(List.of("k0:10000000"));
        List<String> on = new ArrayList<>();
        for (int i = 1; i < 15; i++) {
            columns.add("f" + i + ":" + 1_000 * i);
            on.add("f" + i + " = k" + i);
        }
        JoinWorld world = new JoinWorld().table("s0", "t0", 10_000_000, columns.toArray(String[]::new));
        for (int i = 1; i < 15; i++) {
            world.table("s" + i % 3, "t" + i, 1_000 * i, "k" + i + ":" + 1_000 * i, "v" + i + ":10");
        }
        world.where("t7", "v7");
        String[] all = on.toArray(String[]::new);
        assertThat(world.ordered(JoinOrders.BY_COST, all)).contains("t0", "t14");
        long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertThat(world.ordered(JoinOrders.ALWAYS, all)).contains("t0", "t14");
        Duration taken = Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun);
        assertThat(taken).isLessThan(Duration.ofSeconds(1));
    }
}
