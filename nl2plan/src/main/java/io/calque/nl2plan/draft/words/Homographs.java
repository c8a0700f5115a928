package io.calque.nl2plan.draft.words;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.NameSpans.Span;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Words that the grammar and the catalog both have, "number", "total" or "rate": which of the two is meant. The grammar is, unless the
 * catalog has the name in more words or nothing stands near that the grammar could speak of.
 */
final class Homographs {
    private static final Set<Mark> ALSO_COLUMNS = Set.of(Mark.SHARE, Mark.RANK);

    private final List<Token> tokens;
    private final Lexicon lexicon;
    private final Set<String> fillers;
    private final NameSpans names;

    Homographs(List<Token> tokens, Lexicon lexicon, Set<String> fillers, NameSpans names) {
        this.tokens = tokens;
        this.lexicon = lexicon;
        this.fillers = fillers;
        this.names = names;
    }

    /** Whether the words from here on are a name rather than the phrase of the grammar. */
    boolean isName(int i, Optional<Phrases.Found> phrase, Optional<Span> name, List<Mention> mentions) {
        // "last name" and "number of shares sold" are names where the catalog has them in more words than the grammar
        boolean nameWins = name.isPresent()
                && (phrase.isEmpty()
                        || name.get().end() > phrase.get().end()
                                && name.get().score() > 0.97
                                && (!counts(phrase)
                                        || isNumberHeld(name.get(), phrase.get().end())));
        // a column called duration is one, whatever the grammar does without
        boolean own = phrase.isPresent()
                && phrase.get().mention() instanceof Marker m
                && m.mark() == Mark.UNSUPPORTED
                && m.text().equals("duration")
                && name.filter(n -> n.score() > 0.9 && n.links().get(0) instanceof Link.ToColumn)
                        .isPresent();
        return nameWins || own || isValueSaid(i, phrase, name) || isColumnSaid(i, phrase, name, mentions);
    }

    /** Whether a word that could ask for an aggregate is the name of a column. */
    boolean isColumnAlone(Optional<Phrases.Found> phrase, Optional<Span> name) {
        return phrase.isPresent()
                && phrase.get().mention() instanceof Mention.Aggregation
                && isColumnAlone(phrase.get().end(), name);
    }

    /** "the number of rooms", where a column is called so and no rows are rooms. */
    boolean isNumberNamed(int i, Optional<Phrases.Found> phrase) {
        boolean figure =
                phrase.filter(p -> p.mention() instanceof Mention.Aggregation).isPresent();
        return tokens.get(i).lower().equals("the")
                && (figure || counts(phrase))
                && names.at(i + 1)
                        .filter(n -> n.end() > phrase.orElseThrow().end()
                                && n.score() > 0.97
                                && (figure
                                        || isNumberHeld(n, phrase.orElseThrow().end())))
                        .isPresent();
    }

    private static boolean counts(Optional<Phrases.Found> phrase) {
        return phrase.filter(p -> p.mention() instanceof Marker m && m.mark() == Mark.COUNT)
                .isPresent();
    }

    /** @param counted where begins what is counted */
    private boolean isNumberHeld(Span name, int counted) {
        List<String> words = new ArrayList<>(CompoundWords.of(Token.joined(tokens, counted, name.end())));
        words.removeIf(List.of("of", "the", "a")::contains);
        boolean rows = lexicon.find(words).stream().anyMatch(l -> l instanceof Link.ToTable && l.score() > 0.95);
        return !rows
                && name.links().get(0) instanceof Link.ToColumn c
                && ColumnKinds.numeric(c)
                && lexicon.words(c.table(), c.column()).get(0).equals("number");
    }

    /** "in fall 2024": a word of the grammar that is a value, too, where it stands as a time or a place would. */
    private boolean isValueSaid(int i, Optional<Phrases.Found> phrase, Optional<Span> name) {
        boolean single = phrase.filter(
                        p -> p.end() == i + 1 && p.mention() instanceof Marker m && m.mark() == Mark.UNSUPPORTED)
                .isPresent();
        boolean value = name.filter(n -> n.score() >= 1 && n.links().get(0) instanceof Link.ToValue)
                .isPresent();
        boolean placed = i > 0 && tokens.get(i - 1).lower().matches("in|of|during|for|the|this|last|every|each")
                || i + 1 < tokens.size() && tokens.get(i + 1).kind() == Token.Kind.NUMBER;
        return single && value && placed;
    }

    /** "the rate of each room": a word of the grammar that a column is called, where nothing is said to be ranked or shared out. */
    private boolean isColumnSaid(int i, Optional<Phrases.Found> phrase, Optional<Span> name, List<Mention> mentions) {
        boolean single = phrase.filter(
                        p -> p.end() == i + 1 && p.mention() instanceof Marker m && ALSO_COLUMNS.contains(m.mark()))
                .isPresent();
        boolean column = name.filter(
                        n -> n.end() == i + 1 && n.score() > 0.97 && n.links().get(0) instanceof Link.ToColumn)
                .isPresent();
        boolean ofOthers = !mentions.isEmpty() && mentions.get(mentions.size() - 1) instanceof Linked;
        boolean ranked = tokens.subList(i, Math.min(tokens.size(), i + 7)).stream()
                .anyMatch(t -> t.lower().equals("by"));
        boolean first =
                mentions.isEmpty() || mentions.get(mentions.size() - 1) instanceof Marker m && m.mark() == Mark.RETURN;
        return single && column && !ofOthers && !(ranked && first);
    }

    /** "a total over 5" is a column called total where nothing follows that could be totalled. */
    private boolean isColumnAlone(int end, Optional<Span> name) {
        boolean exact = name.filter(
                        n -> n.end() == end && n.score() > 0.97 && n.links().get(0) instanceof Link.ToColumn)
                .isPresent();
        boolean nothingFollows = end >= tokens.size()
                || tokens.get(end).kind() != Token.Kind.WORD
                || fillers.contains(tokens.get(end).lower())
                || Phrases.at(tokens, end)
                        .filter(p -> !(p.mention() instanceof Mention.Aggregation))
                        .isPresent();
        return exact && nothingFollows;
    }
}
