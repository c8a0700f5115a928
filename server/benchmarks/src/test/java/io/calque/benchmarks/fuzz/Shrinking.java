package io.calque.benchmarks.fuzz;

import io.calque.benchmarks.fuzz.SameAnswer.Depth;
import io.calque.benchmarks.fuzz.SameAnswer.Difference;
import io.calque.benchmarks.fuzz.SameAnswer.Kind;
import io.calque.testkit.fuzz.FuzzTable;
import io.calque.testkit.fuzz.Query;
import io.calque.testkit.fuzz.Simpler;
import io.calque.testkit.fuzz.Spelling;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a difference small: drops clauses, columns and rows while it stays. Single-threaded, used once. */
final class Shrinking {
    private static final int MOST_TRIALS = 250;

    private final FuzzRun run;
    private final Kind kind;
    private final Depth depth;
    private int trials;

    Shrinking(FuzzRun run, Kind kind, Depth depth) {
        this.run = run;
        this.kind = kind;
        this.depth = depth;
    }

    String script(Query query, Difference first) throws SQLException {
        Query small = query;
        Difference difference = first;
        boolean progress = true;
        Set<String> tried = new HashSet<>();
        while (progress && trials < MOST_TRIALS) {
            progress = false;
            Iterator<Query> candidates = Simpler.than(small).iterator();
            while (candidates.hasNext() && !progress && trials < MOST_TRIALS) {
                Query candidate = candidates.next();
                if (tried.add(Spelling.of(candidate, Spelling.Reader.CALQUE).sql())) {
                    Optional<Difference> still = still(candidate);
                    if (still.isPresent()) {
                        small = candidate;
                        difference = still.get();
                        progress = true;
                    }
                }
            }
        }
        List<FuzzTable> before = run.world().tables();
        Difference last = fewerRows(small, difference);
        String script = describe(small, last);
        for (FuzzTable table : before) {
            if (!table.rows().equals(run.world().table(table.name()).rows())) {
                run.rows(table);
            }
        }
        return script;
    }

    private Optional<Difference> still(Query candidate) {
        trials++;
        return run.check(candidate, depth).filter(d -> d.kind() == kind);
    }

    private Difference fewerRows(Query query, Difference known) throws SQLException {
        Difference difference = known;
        String sql = Spelling.of(query, Spelling.Reader.CALQUE).sql();
        for (FuzzTable table : run.world().tables()) {
            boolean named = (sql + " ").contains(" " + table.name() + " ");
            for (int size = Math.max(1, table.rows().size() / 2);
                    named && size > 0 && trials < 2 * MOST_TRIALS;
                    size /= 2) {
                int from = 0;
                while (from < run.world().table(table.name()).rows().size() && trials < 2 * MOST_TRIALS) {
                    FuzzTable now = run.world().table(table.name());
                    List<List<@Nullable Object>> rest = new ArrayList<>(now.rows());
                    rest.subList(from, Math.min(from + size, rest.size())).clear();
                    run.rows(now.withRows(rest));
                    Optional<Difference> still = still(query);
                    if (still.isPresent()) {
                        difference = still.get();
                    } else {
                        run.rows(now);
                        from += size;
                    }
                }
            }
        }
        return difference;
    }

    private String describe(Query query, Difference difference) {
        Spelling.Text text = Spelling.of(query, Spelling.Reader.CALQUE);
        StringBuilder script = new StringBuilder("# seed " + run.world().seed() + ": " + difference.kind()
                + " with pushdown " + difference.variant() + ": " + difference.what() + "\n");
        for (FuzzTable table : run.world().tables()) {
            if (text.sql().contains(table.name())) {
                script.append("# table ").append(table.name()).append(" (");
                table.columns()
                        .forEach(c -> script.append(c.name() + " " + c.storage().declared() + ", "));
                script.append(")\n");
                table.rows().stream()
                        .limit(8)
                        .forEach(row -> script.append("#   ").append(row).append('\n'));
            }
        }
        script.append(text.sql()).append(";\n");
        if (!text.parameters().isEmpty()) {
            script.append("# parameters ").append(text.parameters()).append('\n');
        }
        script.append("#   PostgreSQL is asked: ")
                .append(Spelling.of(query, Spelling.Reader.REFERENCE).sql())
                .append("\n#   expected ")
                .append(difference.expected())
                .append("\n#   got      ")
                .append(difference.actual())
                .append('\n');
        return script.toString();
    }
}
