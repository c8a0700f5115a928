package io.calque.benchmarks.tpch;

import io.calque.benchmarks.LocalWork;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What EXPLAIN says of one TPC-H query, without the estimates.
 *
 * @param lines the plan, with the native text of each fetch, then what stayed local with its reasons
 */
record NativeTexts(int query, List<String> lines) {
    /** What a reason counts by estimates differs with the sample that they come from. */
    private static final Pattern COST = Pattern.compile(" cost: .*$");

    private static final Pattern FIGURE = Pattern.compile("(?<= )\\d+(?= )");
    private static final Pattern ESTIMATE = Pattern.compile("  \\(about \\d+ rows\\)$");

    NativeTexts {
        lines = List.copyOf(lines);
    }

    static NativeTexts explain(TpchInstallation tpch, TpchSplit split, int query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = tpch.server(split).connect();
                Statement statement = connection.createStatement()) {
            // What is pushed is the same at every size; what is bound depends on it.
            statement.execute("set pushdown = 'filter,project,join,aggregate,sort,set_operation,window,other'");
            try (ResultSet rows = statement.executeQuery(
                    "EXPLAIN " + TpchQuery.of(query, tpch.scaleFactor()).sql())) {
                while (rows.next()) {
                    String line = ESTIMATE.matcher(rows.getString(1)).replaceFirst("");
                    lines.add(COST.matcher(line)
                            .replaceFirst(cost -> FIGURE.matcher(cost.group()).replaceAll("#")));
                }
            }
        }
        return new NativeTexts(query, lines);
    }

    /** Operators that run here, without the fetches; the outermost first. */
    List<String> operators() {
        return LocalWork.operators(lines);
    }

    /** The native texts that {@code source} receives. */
    List<String> sentTo(String source) {
        List<String> texts = new ArrayList<>();
        boolean within = false;
        for (String line : LocalWork.plan(lines)) {
            String stripped = line.strip();
            if (!stripped.startsWith("|")) {
                within = stripped.equals("Fetch " + source);
            } else if (within) {
                texts.add(stripped.substring(1).strip());
            }
        }
        return texts;
    }

    String text() {
        return "# Q%02d%n%n%s%n%n".formatted(query, String.join("\n", lines));
    }
}
