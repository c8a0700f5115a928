package io.calque.app.cli;

import io.calque.app.client.StatementFailedException;
import io.calque.app.config.NearestName;
import io.calque.app.deployment.DeploymentFactory;
import io.calque.app.terminal.FailureReport;
import io.calque.app.terminal.Invocation;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code calque}. Single-threaded. */
public final class Cli {
    private final CommandContext context;

    public Cli(Invocation invocation, DeploymentFactory deployments) {
        this.context = new CommandContext(invocation, deployments);
    }

    /** Runs one command to its end and returns the exit code; never throws. */
    public int run(List<String> arguments) {
        PrintWriter out = new PrintWriter(context.invocation().out());
        CommandLine calque = new CommandLine(new CalqueCommand());
        for (Callable<Integer> command : List.<Callable<Integer>>of(
                new DemoCommand(context),
                new SqlCommand(context),
                new ExplainCommand(context),
                new AskCommand(context),
                new TeachCommand(context),
                new SearchCommand(context),
                new TablesCommand(context),
                new DescribeCommand(context),
                new SourcesCommand(context),
                new IntrospectCommand(context),
                new DriftCommand(context),
                new DoctorCommand(context),
                new ShellCommand(context),
                new ServeCommand(context),
                new RehearseCommand(context),
                new VersionCommand(context),
                new HelpCommand())) {
            calque.addSubcommand(new CommandLine(command));
        }
        calque.addSubcommand(RegistryCommand.line(context));
        calque.addSubcommand(OntologyCommand.line(context));
        calque.addSubcommand(new CommandLine(new QuestionsCommand())
                .addSubcommand(new CommandLine(new EvaluateCommand(context)))
                .addSubcommand(new CommandLine(new CoverageCommand(context))));
        ServiceLoader.load(CommandExtension.class)
                .forEach(extension -> calque.addSubcommand(extension.command(context.invocation())));
        calque.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(new PrintWriter(context.invocation().error(), true))
                .setParameterExceptionHandler((failure, args) -> usage(failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> execution(failure));
        int code = calque.execute(arguments.toArray(String[]::new));
        out.flush();
        return code;
    }

    private int usage(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        context.report().failure(failure.getMessage() + nearest(failure));
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static String nearest(ParameterException failure) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return "";
        }
        List<String> known =
                new ArrayList<>(failure.getCommandLine().getSubcommands().keySet());
        failure.getCommandLine().getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
        return NearestName.hint(unmatched.getUnmatched().get(0), known);
    }

    private int execution(Exception failure) throws Exception {
        if (failure instanceof ParameterException usage) {
            return usage(usage);
        }
        if (failure instanceof IOException) {
            return ExitCode.BROKEN_PIPE;
        }
        if (context.invocation().interruption().isInterrupted()) {
            return ExitCode.FAILED;
        }
        FailureReport report = context.report();
        if (failure instanceof QueryException query) {
            report.failure(String.valueOf(query.getMessage()));
            return query.code() == ErrorCode.CONFIG_INVALID ? ExitCode.USAGE : ExitCode.FAILED;
        }
        if (failure instanceof StatementFailedException statement) {
            report.statement(statement, "");
            return ExitCode.FAILED;
        }
        report.failure("a defect in Calque: " + failure);
        PrintStream error = context.invocation().error();
        if (context.invocation().environment().containsKey("CALQUE_LOG")) {
            failure.printStackTrace(error);
        } else {
            error.println("CALQUE_LOG=debug shows where it happened.");
        }
        return ExitCode.FAILED;
    }
}
