package io.calque.app.cli;

import io.calque.app.client.AnswerColumn;
import io.calque.app.client.AnswerColumn.Alignment;
import io.calque.app.config.Configuration;
import io.calque.app.doctor.Check;
import io.calque.app.doctor.Doctor;
import io.calque.app.doctor.Finding;
import io.calque.app.doctor.Finding.Severity;
import io.calque.app.doctor.ProcessChecks;
import io.calque.app.doctor.RegistryCheck;
import io.calque.app.doctor.SourceCheck;
import io.calque.app.format.RowPrinter;
import io.calque.spi.QueryException;
import io.calque.spi.source.SourceConfig;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description = "Look for what is wrong, and say how to mend it.",
        footer = {"", "Exit code: 0, or 1 when something is in the way; warnings are not."})
final class DoctorCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = Configuration.DEFAULT_FILE,
            description = "Configuration to look at (default: ./calque.yaml).")
    private String config = Configuration.DEFAULT_FILE;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "How long to wait for an answer of the sources (default: 15).")
    private int seconds = 15;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    DoctorCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put(
                "java",
                () -> ProcessChecks.java(
                        Runtime.version().feature(), Runtime.getRuntime().maxMemory()));
        checks.put(
                "temporary directory",
                () -> ProcessChecks.temporaryDirectory(Path.of(System.getProperty("java.io.tmpdir"))));
        List<Finding> findings = new ArrayList<>();
        try {
            Configuration configuration =
                    context.reader().read(context.invocation().directory().resolve(config));
            findings.add(Finding.ok(
                    "configuration",
                    configuration.origin() + ": " + configuration.sources().size() + " sources"));
            add(checks, configuration);
        } catch (QueryException e) {
            findings.add(Finding.error(
                    "configuration",
                    String.valueOf(e.getMessage()),
                    "Correct the file, or name another with --config"));
        }
        findings.addAll(new Doctor(Duration.ofSeconds(seconds)).examine(checks));
        print(findings);
        return findings.stream().anyMatch(f -> f.severity() == Severity.ERROR) ? ExitCode.FAILED : ExitCode.OK;
    }

    /** A search index, once there is one, is one more check here. */
    private void add(Map<String, Check> checks, Configuration configuration) {
        checks.put("port", () -> ProcessChecks.port(configuration.server()));
        checks.put("registry", new RegistryCheck(configuration.registry()));
        for (SourceConfig source : configuration.sources()) {
            checks.put(
                    "source " + source.id(),
                    new SourceCheck(source, context.deployments()::openSource, Clock.systemUTC()));
        }
    }

    private void print(List<Finding> findings) throws IOException {
        Writer out = context.invocation().out();
        RowPrinter printer =
                output.format().printer(out, output.width(context.invocation().terminals()));
        printer.start(List.of(
                new AnswerColumn("severity", "VARCHAR", Alignment.LEFT),
                new AnswerColumn("subject", "VARCHAR", Alignment.LEFT),
                new AnswerColumn("finding", "VARCHAR", Alignment.LEFT),
                new AnswerColumn("remedy", "VARCHAR", Alignment.LEFT)));
        for (Finding finding : findings) {
            printer.row(List.of(
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.subject(),
                    finding.found(),
                    finding.remedy()));
        }
        printer.finish();
        out.flush();
    }
}
