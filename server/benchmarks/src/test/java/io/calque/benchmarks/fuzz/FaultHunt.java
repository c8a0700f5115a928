package io.calque.benchmarks.fuzz;

import io.calque.spi.source.ReadSession;
import io.calque.testkit.fuzz.Query;
import io.calque.testkit.fuzz.Spelling;
import io.calque.testkit.fuzz.Spelling.Reader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;

/**
 * Plants mistakes one at a time and lets random queries look for them: a mistake is found by the first query whose answer differs
 * from PostgreSQL's with it and not without it. Single-threaded.
 */
final class FaultHunt {
    private final FragmentLedger ledger = new FragmentLedger();
    private final Map<String, Fault> hidden = new LinkedHashMap<>(PlantedFaults.all());
    private final Map<String, String> found = new TreeMap<>();
    private final Planted planted = new Planted();
    private final Map<String, Integer> tries = new TreeMap<>();
    private int queries;

    /** The mistake that is planted at the moment. */
    private static final class Planted implements Fault {
        private Fault fault = Fault.NONE;

        @Override
        public RelNode changed(RelNode fragment) {
            return fault.changed(fragment);
        }

        @Override
        public ReadSession reading(ReadSession session) {
            return fault.reading(session);
        }
    }

    /** By the mistake's name, the query that found it. */
    Map<String, String> found() {
        return found;
    }

    /** Mistakes that no query found. */
    List<String> hidden() {
        return List.copyOf(hidden.keySet());
    }

    /** How often each mistake was made; and how often it was made so badly that the source did not compile the fragment. */
    Map<String, Integer> tries() {
        return tries;
    }

    int queries() {
        return queries;
    }

    /** Looks for what is still hidden, in one more world. */
    void search(long seed, int count) throws SQLException {
        try (FuzzRun run = FuzzRun.start(seed, ledger, planted)) {
            Steering steering = new Steering(run.world(), ledger, seed);
            for (int i = 0; i < count && !hidden.isEmpty(); i++) {
                ask(run, steering.next());
            }
        }
    }

    private void ask(FuzzRun run, Query query) {
        queries++;
        ledger.begin();
        Outcome clean = run.ask(query);
        ledger.count(Spelling.of(query, Reader.CALQUE).sql());
        List<RelNode> fragments = new ArrayList<>(ledger.fragments());
        if (!(clean instanceof Outcome.Rows rows)) {
            return;
        }
        Outcome expected = run.reference(query, rows.types());
        if (Comparison.difference(expected, clean, query).isPresent()) {
            return;
        }
        for (Map.Entry<String, Fault> entry : List.copyOf(hidden.entrySet())) {
            String name = entry.getKey();
            Fault fault = entry.getValue();
            if (fault instanceof RowFault || fragments.stream().anyMatch(f -> changes(fault, f))) {
                planted.fault = fault;
                ledger.begin();
                Outcome wrong = run.askAnew(query);
                tries.merge(name + (ledger.refused().isEmpty() ? "" : " (not compiled)"), 1, Integer::sum);
                planted.fault = Fault.NONE;
                boolean differs = Comparison.difference(expected, wrong, query).isPresent();
                if (differs) {
                    hidden.remove(name);
                    found.put(name, Spelling.of(query, Reader.CALQUE).sql());
                }
            }
        }
    }

    private static boolean changes(Fault fault, RelNode fragment) {
        try {
            return !RelOptUtil.toString(fault.changed(fragment)).equals(RelOptUtil.toString(fragment));
        } catch (RuntimeException | AssertionError e) {
            // It makes no sense here.
            return false;
        }
    }
}
