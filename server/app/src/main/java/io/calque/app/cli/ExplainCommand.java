package io.calque.app.cli;

import io.calque.app.client.StatementFailedException;
import io.calque.app.terminal.FailureReport;
import io.calque.app.terminal.Interruption;
import io.calque.app.terminal.Invocation;
import io.calque.app.terminal.StatementRunner;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description = "Show how a query would run: what each source is asked, and what stays here and why.")
final class ExplainCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--analyze", description = "Run the query too, and show actual rows and times.")
    private boolean analyze;

    @Parameters(paramLabel = "SQL", description = "The query.")
    private String sql = "";

    ExplainCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Invocation invocation = context.invocation();
        FailureReport report = context.report();
        String statement = (analyze ? "EXPLAIN ANALYZE " : "EXPLAIN ") + sql;
        try (Connected connected = Connected.open(context, connection);
                Interruption.Scope scope = invocation.interruption().stopping(connected.client()::cancel)) {
            new StatementRunner(connected.client(), report).writeLines(statement, invocation.out());
            return ExitCode.OK;
        } catch (StatementFailedException e) {
            report.statement(e, statement);
            return ExitCode.FAILED;
        }
    }
}
