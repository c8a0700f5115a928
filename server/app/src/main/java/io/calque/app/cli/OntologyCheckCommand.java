package io.calque.app.cli;

import io.calque.nl2plan.ontology.OntologyCheck;
import io.calque.nl2plan.ontology.OntologyFinding;
import io.calque.registry.store.Registry;
import io.calque.spi.catalog.CatalogSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = "Hold an ontology against what the registry knows; without a FILE, the registry's own.")
final class OntologyCheckCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final RegistryOptions options = new RegistryOptions();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The ontology.")
    private @Nullable Path file;

    OntologyCheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (Registry registry = options.open(context)) {
            CatalogSnapshot catalog = registry.current();
            List<String> problems = file == null
                    ? OntologyCheck.check(catalog.ontology(), catalog).stream()
                            .map(OntologyFinding::toString)
                            .toList()
                    : OntologyFile.read(context, file).problems(catalog);
            problems.forEach(context.report()::failure);
            context.invocation().out().append(problems.isEmpty() ? "ok\n" : "").flush();
            return problems.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
