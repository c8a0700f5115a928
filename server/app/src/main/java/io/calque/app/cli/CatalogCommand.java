package io.calque.app.cli;

import io.calque.app.client.CatalogQueries;
import io.calque.app.terminal.CatalogPrinter;
import io.calque.app.terminal.Invocation;
import java.io.IOException;

/** What {@code sources}, {@code tables} and {@code describe} do alike: connect, and print from the system tables. */
final class CatalogCommand {
    private final CommandContext context;
    private final ConnectionOptions connection;
    private final OutputOptions output;

    CatalogCommand(CommandContext context, ConnectionOptions connection, OutputOptions output) {
        this.context = context;
        this.connection = connection;
        this.output = output;
    }

    int print(Printing printing) throws IOException {
        Invocation invocation = context.invocation();
        try (Connected connected = Connected.open(context, connection)) {
            printing.print(new CatalogPrinter(
                    new CatalogQueries(connected.client()),
                    output.format(),
                    invocation.out(),
                    output.width(invocation.terminals())));
        }
        return ExitCode.OK;
    }

    /** One of the printer's methods. */
    interface Printing {
        void print(CatalogPrinter printer) throws IOException;
    }
}
