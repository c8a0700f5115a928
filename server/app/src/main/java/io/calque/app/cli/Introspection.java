package io.calque.app.cli;

import io.calque.app.deployment.Deployment;
import io.calque.app.deployment.IntrospectionOutcome;
import io.calque.app.terminal.FailureReport;
import io.calque.app.terminal.ProgressLine;
import io.calque.spi.SourceId;
import java.util.List;

/** Reads the sources' schemas, with progress for people. */
final class Introspection {
    private final CommandContext context;

    Introspection(CommandContext context) {
        this.context = context;
    }

    /** Returns the outcomes; those that went wrong are on stderr. */
    List<IntrospectionOutcome> run(Deployment deployment, List<SourceId> sources, Telling telling) {
        List<IntrospectionOutcome> outcomes;
        try (ProgressLine progress = ProgressLine.on(context.invocation(), "introspecting")) {
            outcomes = deployment.introspect(sources, progress);
        }
        FailureReport report = context.report();
        for (IntrospectionOutcome outcome : outcomes) {
            if (telling == Telling.EVERYTHING) {
                outcome.warnings().forEach(warning -> report.warning(outcome.source() + ": " + warning));
            }
            outcome.failure().ifPresent(report::failure);
        }
        return outcomes;
    }

    /** What goes to stderr. */
    enum Telling {
        FAILURES,
        EVERYTHING
    }
}
