package io.calque.nl2plan.ontology;

import io.calque.spi.TableName;
import java.util.List;
import java.util.Map;

/**
 * A question as an ontology lets it be read.
 *
 * @param question with the ontology's words in the place of the asker's
 * @param evidence which words were read by which entry
 * @param times the columns that times are said of
 */
public record OntologyReading(String question, List<String> evidence, Map<TableName, String> times) {
    public OntologyReading {
        evidence = List.copyOf(evidence);
        times = Map.copyOf(times);
    }
}
