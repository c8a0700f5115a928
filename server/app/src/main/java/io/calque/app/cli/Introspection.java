package io.calque.app.cli;

import io.calque.app.deployment.Deployment;
import io.calque.app.deployment.IntrospectionOutcome;
import io.calque.app.deployment.RelatingOutcome;
import io.calque.app.terminal.FailureReport;
import io.calque.app.terminal.ProgressLine;
import io.calque.spi.SourceId;
import java.util.List;
import java.util.Optional;

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

    /** Looks for relationships; what was found is told on stderr, where the progress was. */
    void relate(Deployment deployment) {
        Optional<RelatingOutcome> outcome;
        try (ProgressLine progress = ProgressLine.on(context.invocation(), "relating")) {
            outcome = deployment.relate(progress);
        }
        outcome.ifPresent(found -> {
            found.warnings().forEach(context.report()::warning);
            context.invocation()
                    .error()
                    .println("relationships found: " + found.found() + ", " + found.across()
                            + " of them across sources: see system.relationships");
        });
    }

    /** What goes to stderr. */
    enum Telling {
        FAILURES,
        EVERYTHING
    }
}
