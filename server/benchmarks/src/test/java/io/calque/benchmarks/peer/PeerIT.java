package io.calque.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.calque.benchmarks.BenchmarkServer;
import io.calque.embedded.MongoDatabaseAddress;
import io.calque.spi.SourceId;
import io.calque.spi.source.SourceConfig;
import io.calque.testkit.TestServers;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same questions to our adapter and to Calcite's own, over one server. Ours must be right; the table of both stands in the decision record,
 * its sum in the README. {@code -Dgolden.update=true} writes both.
 */
class PeerIT {
    private static final Path ROOT = Path.of(System.getProperty("calque.root", "../.."));
    /** Words of our pipelines, as Calcite names the operators. */
    private static final Map<String, Pattern> STAGES = Map.of(
            "filter", Pattern.compile("\\$match|find\\(\\{(?!\\})"),
            "aggregate", Pattern.compile("\\$group|\\$count"),
            "sort", Pattern.compile("\\$sort|\\.sort\\(|\\$limit|\\.limit\\("),
            "join", Pattern.compile("\\$lookup"));

    private static final Pattern OUR_STAGES = Pattern.compile("(?m)^(\\|[^|]*\\|[^|]*\\|)[^|]*\\|");

    @TempDir
    private Path directory;

    @Test
    void isRightWhereCalcitesOwnAdapterIsNot() throws Exception {
        Optional<PeerProcess> peer = PeerProcess.built();
        assumeThat(peer).as("server/peer is built first").isPresent();
        MongoDatabaseAddress address = TestServers.newMongoDatabase();
        PeerCollection.load(address);
        List<PeerQuery> queries = PeerQuery.all();
        List<PeerAnswer> ours = ours(address, queries);
        List<PeerAnswer> theirs = peer.get().answers(address, queries, directory);

        String table = table(queries, ours, theirs);
        String sum = "Of " + queries.size() + " kinds of query over one collection ours answers " + right(queries, ours)
                + " right and calcite-mongodb 1.36.0 " + right(queries, theirs) + "; "
                + theirs.stream().filter(a -> !a.failure().isEmpty()).count() + " fail there, and "
                + (queries.size()
                        - right(queries, theirs)
                        - theirs.stream().filter(a -> !a.failure().isEmpty()).count())
                + " give a wrong answer without a word.\n";
        System.out.println(table + sum);
        for (int i = 0; i < queries.size(); i++) {
            assertThat(ours.get(i).verdict(queries.get(i)))
                    .as(queries.get(i).sql())
                    .isEqualTo("right");
        }
        check(ROOT.resolve("docs/decisions/0003-own-mongodb-adapter-calcite-mongodb-as-peer.md"), table + "\n" + sum);
        check(ROOT.resolve("README.md"), sum);
    }

    private static long right(List<PeerQuery> queries, List<PeerAnswer> answers) {
        long right = 0;
        for (int i = 0; i < queries.size(); i++) {
            right += answers.get(i).isRight(queries.get(i)) ? 1 : 0;
        }
        return right;
    }

    private static String table(List<PeerQuery> queries, List<PeerAnswer> ours, List<PeerAnswer> theirs) {
        StringBuilder text = new StringBuilder(
                "| query | ours | asked of MongoDB | calcite-mongodb | asked of MongoDB |\n|---|---|---|---|---|\n");
        for (int i = 0; i < queries.size(); i++) {
            PeerQuery query = queries.get(i);
            text.append("| ").append(query.title());
            for (PeerAnswer answer : List.of(ours.get(i), theirs.get(i))) {
                text.append(" | ").append(answer.verdict(query)).append(" | ").append(answer.stages());
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    private static void check(Path document, String expected) throws java.io.IOException {
        String begin = "<!-- written by PeerIT with -Dgolden.update=true -->\n";
        String end = "<!-- end -->\n";
        String written = Files.readString(document);
        assertThat(written).contains(begin, end);
        int from = written.indexOf(begin) + begin.length();
        int to = written.indexOf(end, from);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(document, written.substring(0, from) + expected + written.substring(to));
            return;
        }
        assertThat(verdicts(written.substring(from, to)))
                .as(document.toString())
                .isEqualTo(verdicts(expected));
    }

    /** Without what ours asks the server for: another suite holds that, and it may grow. */
    private static String verdicts(String text) {
        return OUR_STAGES.matcher(text).replaceAll("$1|");
    }

    private static List<PeerAnswer> ours(MongoDatabaseAddress address, List<PeerQuery> queries) throws SQLException {
        List<PeerAnswer> answers = new ArrayList<>();
        try (BenchmarkServer server = BenchmarkServer.start(
                        List.of(SourceConfig.of(new SourceId("mongo"), "mongodb", address.connectionString())));
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (PeerQuery query : queries) {
                answers.add(answer(statement, query));
            }
        }
        return answers;
    }

    private static PeerAnswer answer(Statement statement, PeerQuery query) throws SQLException {
        SortedSet<String> stages = new TreeSet<>();
        try (ResultSet plan = statement.executeQuery("EXPLAIN " + query.sql())) {
            while (plan.next()) {
                String line = plan.getString(1);
                STAGES.forEach((name, words) -> {
                    if (line.strip().startsWith("|") && words.matcher(line).find()) {
                        stages.add(name);
                    }
                });
            }
        }
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(query.sql())) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(text(result.getObject(i)));
                }
                rows.add(String.join("|", values));
            }
        }
        return new PeerAnswer(String.join(", ", stages), rows, "");
    }

    private static String text(Object value) {
        if (value instanceof Number number) {
            BigDecimal exact = new BigDecimal(number.toString());
            return (exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros()).toPlainString();
        }
        return String.valueOf(value);
    }
}
