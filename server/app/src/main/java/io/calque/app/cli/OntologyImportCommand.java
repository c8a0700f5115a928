package io.calque.app.cli;

import io.calque.registry.store.Publication;
import io.calque.registry.store.Registry;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = "Check an ontology and put it into the registry.",
        footer = {
            "",
            "FILE is YAML in Calque's own form or in Open Semantic Interchange, told by its key semantic_model.",
            "It replaces what the registry has, but for verified questions, which people taught."
        })
final class OntologyImportCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final RegistryOptions options = new RegistryOptions();

    @Mixin
    private final AnnotationOptions annotation = new AnnotationOptions();

    @Option(names = "--add", description = "Keep all that the file says nothing of.")
    private boolean add;

    @Parameters(paramLabel = "FILE", description = "The ontology.")
    private Path file = Path.of("");

    OntologyImportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        OntologyFile read = OntologyFile.read(context, file);
        Writer out = context.invocation().out();
        try (Registry registry = options.open(context)) {
            List<String> problems = read.problems(registry.current());
            if (!problems.isEmpty()) {
                problems.forEach(context.report()::failure);
                return ExitCode.FAILED;
            }
            String cause = "imported ontology " + file.getFileName();
            Publication publication = add
                    ? registry.addToOntology(read.ontology().entries(), annotation.author(), cause)
                    : registry.publishOntology(
                            read.ontology()
                                    .with(registry.current().ontology().verified().stream()
                                            .filter(v -> read.ontology().verified().stream()
                                                    .noneMatch(v::isAbout))
                                            .toList()),
                            annotation.author(),
                            cause);
            out.append(
                    publication.published()
                            ? read.ontology().entries().size() + " entries, "
                                    + publication.changes().size() + " changes, version " + publication.version() + "\n"
                            : "nothing new\n");
            out.flush();
            return ExitCode.OK;
        }
    }
}
