package io.calque.nl2plan.ontology;

import io.calque.nl2plan.search.Stems;
import io.calque.spi.ontology.OntologyEntry.Dimension;
import io.calque.spi.ontology.OntologyEntry.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns that go a level down or up in a dimension: "Drill down." after figures by country asks for them by city. Immutable.
 *
 * @param dimensions that the asker knows
 */
record LevelTurns(List<Dimension> dimensions) {
    private static final String LEAD = "(?i)^\\W*(?:(?:and|now|then|please|ok|okay)\\b\\W*)*";
    private static final Pattern DOWN = Pattern.compile(
            LEAD
                    + "(?:drill (?:it |that )?down|drill in|in more detail|(?:one|a) level (?:down|deeper|finer)|zoom in)\\W*(?:please)?\\W*$");
    private static final Pattern UP = Pattern.compile(
            LEAD
                    + "(?:roll (?:it |that )?up|in less detail|(?:one|a) level (?:up|higher|coarser)|zoom out)\\W*(?:please)?\\W*$");

    LevelTurns {
        dimensions = List.copyOf(dimensions);
    }

    static boolean matches(String turn) {
        return DOWN.matcher(turn).matches() || UP.matcher(turn).matches();
    }

    /** The turns with the level meant in the place of the way to it; a turn stays as it is where there is no such level. */
    List<String> said(List<String> turns) {
        List<String> said = new ArrayList<>();
        for (String turn : turns) {
            said.add(
                    matches(turn)
                            ? beside(said, DOWN.matcher(turn).matches() ? 1 : -1)
                                    .orElse(turn)
                            : turn);
        }
        return said;
    }

    private Optional<String> beside(List<String> turns, int step) {
        for (int i = turns.size() - 1; i >= 0; i--) {
            for (Dimension dimension : dimensions) {
                int level = level(turns.get(i), dimension);
                if (level >= 0) {
                    int next = level + step;
                    return next < 0 || next >= dimension.levels().size()
                            ? Optional.empty()
                            : Optional.of("By " + dimension.levels().get(next).name() + " instead.");
                }
            }
        }
        return Optional.empty();
    }

    /** The level that a turn names, by the dimension's name the coarsest; -1 for none. */
    private static int level(String turn, Dimension dimension) {
        for (int i = 0; i < dimension.levels().size(); i++) {
            Level level = dimension.levels().get(i);
            if (names(turn, level.name(), level.synonyms())) {
                return i;
            }
        }
        return names(turn, dimension.name(), dimension.synonyms()) ? 0 : -1;
    }

    private static boolean names(String turn, String name, List<String> synonyms) {
        List<String> all = new ArrayList<>(synonyms);
        all.add(name);
        String text = turn.toLowerCase(Locale.ROOT);
        return all.stream()
                .map(n -> Stems.of(n.toLowerCase(Locale.ROOT)))
                .anyMatch(stem -> Pattern.compile("\\b" + Pattern.quote(stem))
                        .matcher(text)
                        .find());
    }
}
