package io.calque.nl2plan.draft.words;

import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * "kinds of injuries": what rows hold as their kind, where they do; of a column, its values; else the rows themselves, each of which is one.
 * Immutable.
 */
final class KindsOf {
    private static final Set<String> KINDS = stems("type", "kind", "sort", "category");
    private static final double EXACT = 0.9;

    private final Lexicon lexicon;

    KindsOf(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /**
     * @param column the kind that is held, with the words that name it; empty where the kinds are what follows
     * @param distinct whether each value of what follows is one
     */
    record Kinds(Optional<Linked> column, boolean distinct, int end) {}

    /** What is meant by kinds of something that begins here; empty where nothing is, or its name is known. */
    Optional<Kinds> at(List<Token> tokens, int i) {
        boolean said = i + 2 < tokens.size()
                && tokens.get(i).lower().matches("types?|kinds?|sorts?|categor(y|ies)")
                && tokens.get(i + 1).lower().equals("of");
        if (!said) {
            return Optional.empty();
        }
        int of = tokens.get(i + 2).lower().matches("the|different|all") && i + 3 < tokens.size() ? i + 3 : i + 2;
        for (int end = Math.min(tokens.size(), of + 2); end > of; end--) {
            List<String> words =
                    tokens.subList(of, end).stream().map(Token::lower).toList();
            Optional<Link> best = lexicon.find(words).stream().findFirst().filter(l -> l.score() > EXACT);
            if (best.isPresent() && best.get() instanceof Link.ToTable table) {
                Optional<Link> kind = kind(table.table());
                String text = tokens.get(i).text() + " of " + String.join(" ", words);
                int after = end;
                return Optional.of(kind.map(k -> new Kinds(Optional.of(new Linked(List.of(k), text)), false, after))
                        .orElseGet(() -> new Kinds(Optional.empty(), false, of)));
            }
            if (best.isPresent() && best.get() instanceof Link.ToColumn) {
                return Optional.of(new Kinds(Optional.empty(), true, of));
            }
        }
        return Optional.empty();
    }

    private Optional<Link> kind(TableDescriptor table) {
        return table.columns().stream()
                .filter(c -> isKind(table, c))
                .findFirst()
                .map(c -> new Link.ToColumn(table, c, 1));
    }

    private boolean isKind(TableDescriptor table, ColumnDescriptor column) {
        return lexicon.words(table, column).stream().anyMatch(KINDS::contains);
    }

    private static Set<String> stems(String... words) {
        return Stream.of(words).map(Stems::of).collect(Collectors.toUnmodifiableSet());
    }
}
