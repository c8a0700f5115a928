package io.calque.nl2plan.draft.words;

import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Quoted;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import java.util.List;
import java.util.Set;

/**
 * Values that a question spells as the catalog does: in quotes, behind a title, with capitals around small words ("The Lord of the Hills").
 * Read before the grammar, which takes their small words for its own.
 */
final class ProperNames {
    private static final String DOCTOR = "dr";
    private static final Set<String> TITLES = Set.of("mr", "mrs", "ms", "miss", DOCTOR);
    private static final Set<String> SMALL = Set.of("the", "of", "a", "an", "and", "in", "at", "on", "for", "to");
    private static final int LONGEST_VALUE = 9;

    private final List<Token> tokens;
    private final Lexicon lexicon;
    private final NameSpans names;

    ProperNames(List<Token> tokens, Lexicon lexicon, NameSpans names) {
        this.tokens = tokens;
        this.lexicon = lexicon;
        this.names = names;
    }

    /** "Dr. Okafor", "Ms Lee": where the name begins that a title stands before; otherwise {@code i}. */
    int titled(int i, List<Mention> mentions) {
        if (!TITLES.contains(tokens.get(i).lower())) {
            return i;
        }
        int next = i + 1 < tokens.size() && tokens.get(i + 1).text().equals(".") ? i + 2 : i + 1;
        boolean name = next < tokens.size()
                && tokens.get(next).kind() == Token.Kind.WORD
                && Character.isUpperCase(tokens.get(next).text().charAt(0));
        if (!name) {
            return i;
        }
        List<Link> doctors = DOCTOR.equals(tokens.get(i).lower()) ? lexicon.find(List.of("doctor")) : List.of();
        if (!doctors.isEmpty() && doctors.get(0) instanceof Link.ToTable) {
            mentions.add(new Linked(doctors, tokens.get(i).text()));
        }
        return next;
    }

    void quoted(String text, List<Mention> mentions) {
        List<Link> known = values(CompoundWords.of(text));
        List<String> words = List.of(text.strip().split("\\s+"));
        boolean name = known.isEmpty()
                && words.size() == 2
                && words.stream().allMatch(w -> !values(CompoundWords.of(w)).isEmpty());
        if (name) {
            // a first and a last name stand in columns of their own
            words.forEach(w -> mentions.add(new Linked(values(CompoundWords.of(w)), w)));
            return;
        }
        mentions.add(known.isEmpty() ? new Quoted(text, Quoted.Source.QUOTES) : new Linked(known, text));
    }

    /** "The Lord of the Hills": a value of which small words are part; where it ends, else where it would begin. */
    int whole(int i, List<Mention> mentions) {
        boolean capital = tokens.get(i).kind() == Token.Kind.WORD
                && Character.isUpperCase(tokens.get(i).text().charAt(0));
        for (int end = Math.min(tokens.size(), i + LONGEST_VALUE); capital && end > i + 1; end--) {
            List<Token> run = tokens.subList(i, end);
            boolean small = run.stream().anyMatch(t -> SMALL.contains(t.lower()));
            boolean plain = run.stream().allMatch(t -> t.kind() == Token.Kind.WORD)
                    && Character.isUpperCase(run.get(run.size() - 1).text().charAt(0));
            List<Link> known =
                    small && plain ? values(run.stream().map(Token::lower).toList()) : List.of();
            if (!known.isEmpty()) {
                mentions.add(new Linked(known, Token.joined(tokens, i, end)));
                return end;
            }
        }
        return i;
    }

    boolean isValue(int i) {
        boolean own = i < tokens.size()
                && (tokens.get(i).kind() == Token.Kind.QUOTED
                        || tokens.get(i).kind() == Token.Kind.WORD
                                && Character.isUpperCase(tokens.get(i).text().charAt(0)));
        return own
                && (tokens.get(i).kind() == Token.Kind.QUOTED
                        ? !values(CompoundWords.of(tokens.get(i).text())).isEmpty()
                        : names.at(i)
                                .filter(n -> n.links().get(0) instanceof Link.ToValue)
                                .isPresent());
    }

    private List<Link> values(List<String> words) {
        return lexicon.find(words).stream()
                .filter(link -> link instanceof Link.ToValue)
                .toList();
    }
}
