package io.calque.app.cli;

import io.calque.app.ontology.OntologyYaml;
import io.calque.app.ontology.OsiReader;
import io.calque.nl2plan.ontology.OntologyCheck;
import io.calque.nl2plan.ontology.OntologyFinding;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.ontology.Ontology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An ontology read from a file, with the places of its entries. Immutable. */
record OntologyFile(String name, String text, Ontology ontology, boolean interchange) {
    static OntologyFile read(CommandContext context, Path file) throws IOException {
        String text = Files.readString(context.invocation().directory().resolve(file));
        boolean interchange = text.lines().anyMatch(line -> line.matches("\\s*\\{?\\s*\"?semantic_model\"?\\s*:.*"));
        Ontology ontology =
                interchange ? OsiReader.read(file.toString(), text) : OntologyYaml.read(file.toString(), text);
        return new OntologyFile(file.toString(), text, ontology, interchange);
    }

    /** What is wrong with it, with line and column where the file is Calque's own. */
    List<String> problems(CatalogSnapshot catalog) {
        return OntologyCheck.check(ontology, catalog).stream().map(this::placed).toList();
    }

    private String placed(OntologyFinding finding) {
        return interchange
                ? name + ": " + finding
                : OntologyYaml.place(name, text, finding.path()) + ": " + finding.message();
    }
}
