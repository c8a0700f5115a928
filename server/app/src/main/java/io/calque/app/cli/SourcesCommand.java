package io.calque.app.cli;

import io.calque.app.terminal.CatalogPrinter;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "sources", description = "Show the sources and how they are.")
final class SourcesCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    SourcesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        return new CatalogCommand(context, connection, output).print(CatalogPrinter::sources);
    }
}
