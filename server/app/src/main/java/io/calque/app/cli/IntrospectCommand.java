package io.calque.app.cli;

import io.calque.app.client.AnswerColumn;
import io.calque.app.client.AnswerColumn.Alignment;
import io.calque.app.config.Configuration;
import io.calque.app.deployment.Deployment;
import io.calque.app.deployment.IntrospectionOutcome;
import io.calque.app.format.RowPrinter;
import io.calque.spi.SourceId;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "introspect", description = "Read the sources' schemas into the registry.")
final class IntrospectCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = Configuration.DEFAULT_FILE,
            description = "Configuration that names the sources (default: ./calque.yaml).")
    private String config = Configuration.DEFAULT_FILE;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(arity = "0..*", paramLabel = "SOURCE", description = "Only these sources (default: all).")
    private List<String> names = List.of();

    @Option(
            names = "--no-relationships",
            description = "Do not compare values to find which columns refer to which keys.")
    private boolean withoutRelationships;

    IntrospectCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration =
                context.reader().read(context.invocation().directory().resolve(config));
        List<SourceId> sources = new ChosenSources(configuration).named(names);
        try (Deployment deployment = context.deployments().open(configuration)) {
            List<IntrospectionOutcome> outcomes =
                    new Introspection(context).run(deployment, sources, Introspection.Telling.EVERYTHING);
            if (!withoutRelationships) {
                new Introspection(context).relate(deployment);
            }
            print(outcomes);
            return outcomes.stream().allMatch(outcome -> outcome.failure().isEmpty()) ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private void print(List<IntrospectionOutcome> outcomes) throws IOException {
        Writer out = context.invocation().out();
        RowPrinter printer =
                output.format().printer(out, output.width(context.invocation().terminals()));
        printer.start(List.of(
                new AnswerColumn("source", "VARCHAR", Alignment.LEFT),
                new AnswerColumn("tables", "INTEGER", Alignment.RIGHT),
                new AnswerColumn("milliseconds", "BIGINT", Alignment.RIGHT),
                new AnswerColumn("status", "VARCHAR", Alignment.LEFT)));
        for (IntrospectionOutcome outcome : outcomes) {
            printer.row(List.of(
                    outcome.source().value(),
                    outcome.tables(),
                    outcome.took().toMillis(),
                    outcome.failure().isPresent() ? "failed" : "ok"));
        }
        printer.finish();
        out.flush();
    }
}
