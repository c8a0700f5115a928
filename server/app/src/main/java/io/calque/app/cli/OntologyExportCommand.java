package io.calque.app.cli;

import io.calque.app.ontology.OntologyYaml;
import io.calque.app.ontology.OsiWriter;
import io.calque.registry.store.Registry;
import io.calque.spi.ontology.Ontology;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "export", description = "Print the ontology as YAML.")
final class OntologyExportCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final RegistryOptions options = new RegistryOptions();

    @Option(names = "--osi", description = "As Open Semantic Interchange.")
    private boolean interchange;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the model in Open Semantic Interchange.")
    private String name = "calque";

    OntologyExportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (Registry registry = options.open(context)) {
            Ontology ontology = registry.current().ontology();
            context.invocation()
                    .out()
                    .append(interchange ? OsiWriter.write(ontology, name) : OntologyYaml.write(ontology))
                    .flush();
            return ExitCode.OK;
        }
    }
}
