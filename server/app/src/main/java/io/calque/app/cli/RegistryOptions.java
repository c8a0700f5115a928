package io.calque.app.cli;

import io.calque.app.client.AnswerColumn;
import io.calque.app.client.AnswerColumn.Alignment;
import io.calque.app.config.Configuration;
import io.calque.app.format.RowPrinter;
import io.calque.registry.store.Registry;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which registry, and how rows are written. */
final class RegistryOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = Configuration.DEFAULT_FILE,
            description = "Configuration that names the registry (default: ./calque.yaml).")
    private String config = Configuration.DEFAULT_FILE;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    Path file(CommandContext context) {
        return context.reader()
                .read(context.invocation().directory().resolve(config))
                .registry();
    }

    /** @throws QueryException REGISTRY_FAILED when there is none yet; the caller closes it */
    Registry open(CommandContext context) {
        Path file = file(context);
        if (!Files.exists(file)) {
            throw new QueryException(
                    ErrorCode.REGISTRY_FAILED,
                    "There is no schema registry '" + file + "' yet; 'calque introspect' makes it");
        }
        return Registry.open(file, Clock.systemUTC());
    }

    void print(CommandContext context, List<AnswerColumn> columns, List<List<@Nullable Object>> rows)
            throws IOException {
        Writer out = context.invocation().out();
        RowPrinter printer =
                output.format().printer(out, output.width(context.invocation().terminals()));
        printer.start(columns);
        for (List<@Nullable Object> row : rows) {
            printer.row(row);
        }
        printer.finish();
        out.flush();
    }

    static AnswerColumn text(String label) {
        return new AnswerColumn(label, "VARCHAR", Alignment.LEFT);
    }

    static AnswerColumn number(String label) {
        return new AnswerColumn(label, "BIGINT", Alignment.RIGHT);
    }
}
