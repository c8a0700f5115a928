package io.calque.app.cli;

import io.calque.app.client.AnswerColumn;
import io.calque.app.client.AnswerColumn.Alignment;
import io.calque.app.config.Configuration;
import io.calque.app.deployment.Deployment;
import io.calque.app.deployment.IntrospectionOutcome;
import io.calque.app.format.RowPrinter;
import io.calque.registry.drift.Impact;
import io.calque.registry.store.RecordedChange;
import io.calque.spi.SourceId;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "drift",
        description = "Look at the sources again and show what has changed, and which views it breaks.",
        footer = {"", "Exit code: 0, or 3 when --fail-on finds what it asks for, or 1 when a source cannot be read."})
final class DriftCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = Configuration.DEFAULT_FILE,
            description = "Configuration that names the sources (default: ./calque.yaml).")
    private String config = Configuration.DEFAULT_FILE;

    @Option(
            names = "--since",
            paramLabel = "VERSION",
            description = "Show all that changed after this version of the registry (default: what this look finds).")
    private @Nullable Long since;

    @Option(
            names = "--fail-on",
            paramLabel = "IMPACT",
            defaultValue = "never",
            description = "breaking, any or never: what makes the exit code 3 (default: never).")
    private FailOn failOn = FailOn.NEVER;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(arity = "0..*", paramLabel = "SOURCE", description = "Only these sources (default: all).")
    private List<String> names = List.of();

    DriftCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration =
                context.reader().read(context.invocation().directory().resolve(config));
        List<SourceId> sources = new ChosenSources(configuration).named(names);
        try (Deployment deployment = context.deployments().open(configuration)) {
            long from = since == null ? deployment.catalog().version() : since;
            List<IntrospectionOutcome> outcomes =
                    new Introspection(context).run(deployment, sources, Introspection.Telling.FAILURES);
            List<RecordedChange> changes = deployment.changesAfter(from).stream()
                    .filter(c -> c.source().map(sources::contains).orElse(true))
                    .toList();
            print(changes);
            if (changes.isEmpty()) {
                context.invocation().error().println("nothing has changed since version " + from);
            }
            if (changes.stream().anyMatch(failOn::meets)) {
                return ExitCode.DRIFTED;
            }
            return outcomes.stream().allMatch(o -> o.failure().isEmpty()) ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private void print(List<RecordedChange> changes) throws IOException {
        Writer out = context.invocation().out();
        RowPrinter printer =
                output.format().printer(out, output.width(context.invocation().terminals()));
        printer.start(List.of(
                new AnswerColumn("version", "BIGINT", Alignment.RIGHT),
                new AnswerColumn("kind", "VARCHAR", Alignment.LEFT),
                new AnswerColumn("impact", "VARCHAR", Alignment.LEFT),
                new AnswerColumn("place", "VARCHAR", Alignment.LEFT),
                new AnswerColumn("description", "VARCHAR", Alignment.LEFT)));
        for (RecordedChange change : changes) {
            printer.row(Arrays.asList(
                    change.version(),
                    change.kind(),
                    change.impact() == Impact.BREAKING ? "breaking" : "compatible",
                    place(change),
                    change.description()));
        }
        printer.finish();
        out.flush();
    }

    private static @Nullable String place(RecordedChange change) {
        return change.source()
                .map(source -> source.value()
                        + change.schema().map(s -> "." + s).orElse("")
                        + change.table().map(t -> "." + t).orElse(""))
                .orElse(null);
    }

    /** What makes a change a failure. */
    enum FailOn {
        BREAKING,
        ANY,
        NEVER;

        boolean meets(RecordedChange change) {
            return this == ANY || this == BREAKING && change.impact() == Impact.BREAKING;
        }
    }
}
