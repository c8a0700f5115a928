package io.calque.app.cli;

import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import io.calque.app.terminal.FailureReport;
import io.calque.app.terminal.Interruption;
import io.calque.app.terminal.Invocation;
import io.calque.app.terminal.StatementRunner;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ask",
        description = "Answer a question in plain language, and show how it was understood.",
        footer = {
            "",
            "In SQL the same is SELECT ... FROM TABLE(NL('...')). A question that is not understood is declined."
        })
final class AskCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--role", paramLabel = "ROLE", description = "Ask as people of this role of the ontology do.")
    private @Nullable String role;

    @Option(names = "--plan-only", description = "Print the plan document and run nothing.")
    private boolean planOnly;

    @Option(names = "--explain", description = "Also show how the query would run.")
    private boolean explain;

    @Parameters(
            paramLabel = "QUESTION",
            arity = "1..*",
            description = "The question; more go on from those before: 'And in France?'.")
    private List<String> questions = List.of();

    AskCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        int code = ExitCode.OK;
        for (int turn = 1; turn <= questions.size() && code == ExitCode.OK; turn++) {
            code = ask(questions.subList(0, turn).stream()
                    .map(q -> q.strip().matches("(?s).*[.?!]") ? q.strip() : q.strip() + "?")
                    .collect(Collectors.joining("\n")));
        }
        return code;
    }

    private int ask(String conversation) throws IOException {
        Invocation invocation = context.invocation();
        FailureReport report = context.report();
        String text = "'" + conversation.replace("'", "''") + "'";
        String statement = "SELECT property, \"value\" FROM TABLE(NL_PLAN(" + text + "))";
        try (Connected connected = Connected.open(context, connection);
                Interruption.Scope scope = invocation.interruption().stopping(connected.client()::cancel)) {
            Map<String, String> plan;
            if (role != null) {
                runAll(connected.client(), "SET role TO '" + role.replace("'", "''") + "'");
            }
            try (Answer answer = connected.client().run(statement)) {
                plan = properties(answer);
            }
            Writer out = invocation.out();
            if (planOnly) {
                out.append(plan.getOrDefault("plan", "")).append('\n').flush();
                return ExitCode.OK;
            }
            tell(plan, out);
            statement = plan.getOrDefault("sql", "");
            StatementRunner runner = new StatementRunner(connected.client(), report);
            if (explain) {
                runner.writeLines("EXPLAIN " + statement, out);
                out.append('\n');
            }
            runner.write(statement, output.format().printer(out, output.width(invocation.terminals())), out);
            return ExitCode.OK;
        } catch (StatementFailedException e) {
            report.statement(e, statement);
            return ExitCode.FAILED;
        }
    }

    static void runAll(QueryClient client, String sql) {
        try (Answer answer = client.run(sql)) {
            while (answer.next().isPresent()) {
                continue;
            }
        }
    }

    /** Properties that stand in several rows are put together. */
    static Map<String, String> properties(Answer answer) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (Optional<List<@Nullable Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
            properties.merge(
                    String.valueOf(row.get().get(0)), String.valueOf(row.get().get(1)), (a, b) -> a + "\n" + b);
        }
        return properties;
    }

    static void tell(Map<String, String> plan, Writer out) throws IOException {
        out.append("Understood:  ")
                .append(plan.getOrDefault("interpretation", ""))
                .append('\n');
        out.append("Confidence:  ").append(plan.getOrDefault("confidence", "")).append('\n');
        out.append("Sources:     ").append(plan.getOrDefault("sources", "")).append('\n');
        for (String evidence : plan.getOrDefault("evidence", "").lines().toList()) {
            out.append("Read:        ").append(evidence).append('\n');
        }
        for (String assumption : plan.getOrDefault("assumption", "").lines().toList()) {
            out.append("Assumed:     ").append(assumption).append('\n');
        }
        out.append("Plan:\n").append(plan.getOrDefault("diagram", "").indent(2));
        out.append("SQL:\n").append(plan.getOrDefault("sql", "").indent(2)).append('\n');
    }
}
