package io.calque.app.scripts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.hydromatic.quidem.AbstractCommand;
import net.hydromatic.quidem.Command;
import net.hydromatic.quidem.CommandHandler;
import org.jspecify.annotations.Nullable;

/**
 * What scripts say after a query:
 *
 * <ul>
 *   <li>{@code !ok}: its rows. It is run once more with pushdown off, which must give the same
 *   <li>{@code !reference [query]}: PostgreSQL alone gives the same rows, for the same text or for another way to ask
 *   <li>{@code !plan}: the operators that run here and those that do not, without costs
 *   <li>{@code !remote}: the native text that each source receives
 *   <li>{@code !fails}: the SQLSTATE and the message
 *   <li>{@code !done}: it is carried out, and returns nothing
 * </ul>
 *
 * Belongs to one script.
 */
final class ScriptCommands implements CommandHandler {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Views are known to all sessions, and the other one's pushdown stays off. */
    private static final Pattern CHANGES_BOTH_SESSIONS = Pattern.compile("(?s)(set|reset) (?!all|pushdown).*");

    private final Connection withoutPushdown;
    private final Connection reference;
    private final List<String> differences = new ArrayList<>();
    private Optional<Answer> shown = Optional.empty();
    private int queries;

    /**
     * @param withoutPushdown a session of the same engine
     */
    ScriptCommands(Connection withoutPushdown, Connection reference) {
        this.withoutPushdown = withoutPushdown;
        this.reference = reference;
    }

    /** What a reference, or the same query with pushdown off, said otherwise. */
    List<String> differences() {
        return List.copyOf(differences);
    }

    /** How many statements were run. */
    int queries() {
        return queries;
    }

    @Override
    public @Nullable Command parseCommand(List<String> lines, List<String> content, String line) {
        int blank = line.indexOf(' ', ScriptIT.OURS.length());
        String name = line.substring(ScriptIT.OURS.length(), blank < 0 ? line.length() : blank);
        String rest = blank < 0 ? "" : line.substring(blank).strip();
        Printer printer = switch (name) {
            case "ok" -> this::rows;
            case "reference" -> (connection, sql) -> compare(sql, rest.isEmpty() ? sql : rest);
            case "plan" -> ScriptCommands::plan;
            case "remote" -> ScriptCommands::remote;
            case "fails" -> this::failure;
            case "done" -> this::carryOut;
            default -> throw new IllegalArgumentException("Scripts know no command !" + name);
        };
        return new OnPreviousQuery(List.copyOf(lines), printer);
    }

    /** Turns a statement into lines of the script. */
    private interface Printer {
        List<String> print(Connection connection, String sql) throws SQLException;
    }

    private final class OnPreviousQuery extends AbstractCommand {
        private final List<String> lines;
        private final Printer printer;

        OnPreviousQuery(List<String> lines, Printer printer) {
            this.lines = lines;
            this.printer = printer;
        }

        @Override
        public void execute(Context x, boolean execute) throws Exception {
            String sql = x.previousSqlCommand().sql;
            List<String> printed;
            try {
                printed = printer.print(x.connection(), sql);
            } catch (SQLException e) {
                printed = report(lines + " fails", sql, error(e));
            }
            x.echo(printed);
            x.echo(lines);
        }

        @Override
        public String describe(Context x) {
            return lines + " [sql: " + x.previousSqlCommand().sql + "]";
        }
    }

    private List<String> rows(Connection connection, String sql) throws SQLException {
        queries++;
        shown = Optional.empty();
        Answer answer = Answer.of(connection, sql);
        shown = Optional.of(answer);
        try {
            answer.difference(Answer.of(withoutPushdown, sql))
                    .ifPresent(difference -> report("differs with pushdown off", sql, difference));
        } catch (SQLException e) {
            report("fails with pushdown off", sql, error(e));
        }
        return answer.table();
    }

    /** Stands after {@code !ok}. */
    private List<String> compare(String sql, String other) throws SQLException {
        Answer expected = Answer.of(reference, other);
        shown.flatMap(expected::difference).ifPresent(difference -> report("differs from PostgreSQL", sql, difference));
        return List.of();
    }

    private static List<String> plan(Connection connection, String sql) throws SQLException {
        return explain(connection, "EXPLAIN ", sql).stream()
                .map(line -> line.replaceAll(" {2}\\(about \\d+ rows\\)$", ""))
                .toList();
    }

    private static List<String> remote(Connection connection, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try {
            fetches(JSON.readTree(String.join("\n", explain(connection, "EXPLAIN AS JSON ", sql))), lines);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return lines.isEmpty() ? List.of("nothing") : lines;
    }

    private static void fetches(JsonNode node, List<String> lines) {
        if (node.has("source") && node.has("text")) {
            lines.add(node.get("source").asText() + ":");
            node.get("text").asText().lines().forEach(line -> lines.add("  " + line));
            return;
        }
        node.forEach(child -> fetches(child, lines));
    }

    private static List<String> explain(Connection connection, String how, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(how + sql)) {
            while (rows.next()) {
                rows.getString(1).lines().forEach(lines::add);
                if (rows.getString(1).isEmpty()) {
                    lines.add("");
                }
            }
        }
        return lines;
    }

    private List<String> failure(Connection connection, String sql) {
        queries++;
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                Answer.of(connection, sql);
            }
            return report("does not fail", sql, "");
        } catch (SQLException e) {
            return error(e).lines().toList();
        }
    }

    private List<String> carryOut(Connection connection, String sql) throws SQLException {
        queries++;
        execute(connection, sql);
        if (CHANGES_BOTH_SESSIONS.matcher(sql).matches()) {
            execute(withoutPushdown, sql);
        }
        return List.of();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String error(SQLException e) {
        return "SQLSTATE " + e.getSQLState() + ": " + e.getMessage();
    }

    private List<String> report(String what, String sql, String detail) {
        differences.add(sql.strip() + "\n    " + what + ": " + detail);
        return List.of(what + ": " + detail);
    }
}
