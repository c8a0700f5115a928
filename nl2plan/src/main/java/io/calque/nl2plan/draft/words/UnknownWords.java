package io.calque.nl2plan.draft.words;

import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Quoted;
import io.calque.nl2plan.draft.words.Mention.Unknown;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Taken;
import java.util.List;
import java.util.Optional;

/**
 * Words that neither the grammar nor the catalog has: a code or a name that is a value not listed, what general English takes them as, or
 * nothing, which the answer then says.
 */
final class UnknownWords {
    private final List<Token> tokens;
    private final Lexicon lexicon;
    private final NameSpans names;

    UnknownWords(List<Token> tokens, Lexicon lexicon, NameSpans names) {
        this.tokens = tokens;
        this.lexicon = lexicon;
        this.names = names;
    }

    /** Words with capitals inside a sentence are a name that no dictionary holds. */
    int read(int i, List<Mention> mentions) {
        int end = i;
        // a sentence begins with a capital, too
        boolean begins = i == 0 || tokens.get(i - 1).kind() == Token.Kind.STOP && !isCapital(i + 1);
        while (!begins
                && end < tokens.size()
                && tokens.get(end).kind() == Token.Kind.WORD
                && Character.isUpperCase(tokens.get(end).text().charAt(0))
                && (end == i || names.at(end).isEmpty())) {
            end++;
        }
        boolean code = tokens.get(i).text().matches("(?=.*[A-Za-z])(?=.*\\d.*\\d)[A-Za-z0-9-]{5,}");
        boolean acronym = !code && end == i + 1 && tokens.get(i).text().matches("[A-Z]{2,6}s?|[A-Z][a-z]*[A-Z]\\w*");
        if (code) {
            // "parcel AB123456": no word of any language
            mentions.add(new Quoted(tokens.get(i).text(), Quoted.Source.CAPITALS));
            return i + 1;
        }
        if (end > i && !acronym) {
            mentions.add(new Quoted(Token.joined(tokens, i, end), Quoted.Source.CAPITALS));
            return end;
        }
        Optional<Taken> taken =
                acronym ? Optional.empty() : lexicon.taken(tokens.get(i).lower());
        mentions.add(
                taken.isPresent()
                        ? new Linked(taken.get().links(), tokens.get(i).text())
                        : new Unknown(tokens.get(i).text()));
        return i + 1;
    }

    private boolean isCapital(int i) {
        return i < tokens.size()
                && tokens.get(i).kind() == Token.Kind.WORD
                && Character.isUpperCase(tokens.get(i).text().charAt(0));
    }
}
