package io.calque.app.cli;

import io.calque.app.ontology.OntologyYaml;
import io.calque.nl2plan.ontology.OntologySuggestions;
import io.calque.registry.store.Registry;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "suggest",
        description = "Propose entries from comments, abbreviations and values, as YAML to edit and import.",
        footer = {"", "calque ontology suggest > words.yaml; edit it; calque ontology import --add words.yaml"})
final class OntologySuggestCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final RegistryOptions options = new RegistryOptions();

    OntologySuggestCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (Registry registry = options.open(context)) {
            context.invocation()
                    .out()
                    .append(OntologyYaml.write(OntologySuggestions.of(registry.current())))
                    .flush();
            return ExitCode.OK;
        }
    }
}
