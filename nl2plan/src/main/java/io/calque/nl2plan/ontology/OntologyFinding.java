package io.calque.nl2plan.ontology;

/**
 * What is wrong with an entry.
 *
 * @param path where: {@code metrics[2].sql}
 * @param message for people, with the nearest name where there is one
 */
public record OntologyFinding(String path, String message) {
    @Override
    public String toString() {
        return path + ": " + message;
    }
}
