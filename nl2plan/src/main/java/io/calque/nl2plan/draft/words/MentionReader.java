package io.calque.nl2plan.draft.words;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.TimeUnit;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.draft.words.Mention.Every;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Quoted;
import io.calque.nl2plan.draft.words.Mention.Unknown;
import io.calque.nl2plan.draft.words.NameSpans.Span;
import io.calque.nl2plan.formula.Arithmetic;
import io.calque.nl2plan.formula.FormulaText;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.nl2plan.search.WordList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From tokens to mentions: times first, then words of the grammar, then the catalog, longest and best fits first. Used for one question. */
public final class MentionReader {
    private static final Set<String> MEMBERS = Set.of("member", "members");

    private static final Set<String> GROUPS = Set.of("by", "per", "each", "every");

    private static final Set<String> ASKS = Set.of("which", "what");
    private static final Set<String> LEADS_TO_UNIT = Set.of("the", "and", ",", "for");

    private static final Set<String> VERBS_OF_RELATION =
            WordList.words("verbs.txt").stream().map(Stems::of).collect(Collectors.toUnmodifiableSet());

    private final List<Token> tokens;
    private final Lexicon lexicon;
    private final Set<String> fillers;
    private final PeriodReader periods;
    private final KindsOf kinds;
    private final NameSpans names;
    private final ProperNames proper;
    private final NumberReader numbers;
    private final Homographs homographs;
    private final UnknownWords unknown;

    public MentionReader(List<Token> tokens, Asides asides, Lexicon lexicon, Set<String> fillers) {
        this.tokens = apart(tokens, lexicon);
        this.lexicon = lexicon;
        this.fillers = fillers;
        this.kinds = new KindsOf(lexicon);
        this.periods = new PeriodReader(this.tokens, asides);
        this.names = new NameSpans(this.tokens, lexicon);
        this.proper = new ProperNames(this.tokens, lexicon, names);
        this.numbers = new NumberReader(this.tokens);
        this.homographs = new Homographs(this.tokens, lexicon, fillers, names);
        this.unknown = new UnknownWords(this.tokens, lexicon, names);
    }

    /** A name glued with underscores that is none of the catalog's is read word by word. */
    private static List<Token> apart(List<Token> tokens, Lexicon lexicon) {
        List<Token> apart = new ArrayList<>();
        for (Token token : tokens) {
            boolean glued = token.kind() == Token.Kind.WORD && token.text().contains("_");
            List<Link> links = glued ? lexicon.find(CompoundWords.of(token.text())) : List.of();
            if (!glued || !links.isEmpty() && links.get(0).score() > 0.6) {
                apart.add(token);
            } else {
                CompoundWords.of(token.text()).forEach(word -> apart.add(new Token(Token.Kind.WORD, word)));
            }
        }
        return apart;
    }

    public List<Mention> read() {
        List<Mention> mentions = new ArrayList<>();
        int i = 0;
        while (i < tokens.size()) {
            i = one(i, mentions);
        }
        return mentions;
    }

    /** Reads one mention, or skips a filler, and returns where the next begins. */
    private int one(int i, List<Mention> mentions) {
        Token token = tokens.get(i);
        int named = proper.titled(i, mentions);
        if (named > i) {
            return named;
        }
        // "more than 2000" is no year
        boolean compared = token.kind() == Token.Kind.NUMBER
                && !mentions.isEmpty()
                && mentions.get(mentions.size() - 1) instanceof Mention.Compare;
        Optional<PeriodReader.Read> period =
                compared ? Optional.empty() : periods.at(i).filter(p -> !isColumn(i, p));
        if (period.isPresent()) {
            mentions.add(new During(
                    period.get().period(), Token.joined(tokens, i, period.get().end())));
            return period.get().end();
        }
        Optional<TextPieces.Found> piece = TextPieces.at(tokens, i);
        if (piece.isPresent()) {
            int at = piece.get().end();
            mentions.add(piece.get().like());
            mentions.add(new Quoted(tokens.get(at).text(), Quoted.Source.QUOTES));
            return at + 1;
        }
        int between = numbers.between(i, mentions);
        if (between > i) {
            return between;
        }
        int whole = proper.whole(i, mentions);
        if (whole > i) {
            return whole;
        }
        if (token.lower().equals("to") && proper.isValue(i + 1)) {
            // "from Lyon to Graz"
            mentions.add(new Marker(Mark.PREPOSITION, token.text()));
            return i + 1;
        }
        switch (token.kind()) {
            case STOP -> {
                mentions.add(new Marker(Mark.STOP, token.text()));
                return i + 1;
            }
            case COMMA -> {
                mentions.add(new Marker(Mark.COMMA, token.text()));
                return i + 1;
            }
            case QUOTED -> {
                proper.quoted(token.text(), mentions);
                return i + 1;
            }
            case FORMULA -> {
                mentions.add(calculation(token.text()));
                return i + 1;
            }
            case NUMBER -> {
                return numbers.read(i, NumberWords.digits(token.text()), mentions);
            }
            case DATE, WORD -> {
                return word(i, mentions);
            }
        }
        return i + 1;
    }

    private Mention calculation(String text) {
        Optional<Arithmetic> formula = FormulaText.read(text);
        if (formula.isEmpty()) {
            return new Unknown(text);
        }
        Map<String, List<Mention>> phrases = new HashMap<>();
        for (String phrase : formula.get().phrases()) {
            phrases.put(phrase, new MentionReader(Token.of(phrase), Asides.NONE, lexicon, fillers).read());
        }
        return new Mention.Calculation(formula.get(), phrases, text);
    }

    /** "the first year and the last year" of rows that have columns of these names. */
    private boolean isColumn(int i, PeriodReader.Read period) {
        boolean word = tokens.get(i).kind() == Token.Kind.WORD;
        return word
                && names.at(tokens.get(i).lower().equals("the") ? i + 1 : i)
                        .filter(n -> n.end() >= period.end()
                                && n.score() > 0.97
                                && n.links().get(0) instanceof Link.ToColumn)
                        .isPresent();
    }

    /** The grammar's word or the catalog's, whichever fits better, or a word without meaning. */
    private int word(int i, List<Mention> mentions) {
        Optional<Span> shared = names.sharedHead(i);
        if (shared.isPresent()) {
            mentions.add(new Linked(
                    shared.get().links(),
                    tokens.get(i).text() + " " + tokens.get(i + 3).text()));
            return i + 2;
        }
        Optional<Phrases.Found> phrase = Phrases.at(tokens, i);
        if (homographs.isNumberNamed(i, phrase)) {
            return i + 1;
        }
        if (PassiveAgents.at(tokens, i)) {
            mentions.add(new Marker(Mark.PREPOSITION, "by"));
            return i + 1;
        }
        Optional<Span> name = names.at(i);
        Optional<KindsOf.Kinds> kinds =
                name.filter(n -> n.score() > 0.95 && n.end() > i + 1).isPresent()
                        ? Optional.empty()
                        : this.kinds.at(tokens, i);
        if (kinds.isPresent()) {
            kinds.get().column().ifPresent(mentions::add);
            if (kinds.get().distinct()) {
                mentions.add(new Marker(Mark.DISTINCT, tokens.get(i).text()));
            }
            return kinds.get().end();
        }
        boolean grammar = !homographs.isName(i, phrase, name, mentions) && !homographs.isColumnAlone(phrase, name);
        if (phrase.isPresent() && grammar) {
            mentions.add(phrase.get().mention());
            int end = phrase.get().end();
            if (!(phrase.get().mention() instanceof Mention.Like like)) {
                return end;
            }
            int at = TextPieces.behindNoun(tokens, end);
            boolean text = TextPieces.isText(tokens, at) && (at > end || like.kind() != Mention.LikeKind.CONTAINS);
            if (text) {
                mentions.add(new Quoted(tokens.get(at).text(), Quoted.Source.QUOTES));
            }
            return text ? at + 1 : end;
        }
        Token token = tokens.get(i);
        Optional<TimeUnit> unit = PeriodReader.unit(token.text());
        boolean grouped = i > 0 && GROUPS.contains(tokens.get(i - 1).lower());
        boolean listed = i > 0 && LEADS_TO_UNIT.contains(tokens.get(i - 1).lower());
        boolean asked = i > 0 && ASKS.contains(tokens.get(i - 1).lower());
        boolean ownName = name.filter(n -> n.end() > i + 1 || n.score() > 0.95).isPresent();
        if (unit.isPresent() && (grouped || listed || asked) && !ownName) {
            mentions.add(new Every(unit.get(), token.text()));
            return i + 1;
        }
        Optional<Integer> number = NumberWords.of(token.lower());
        if (number.isPresent()) {
            return numbers.read(i, BigDecimal.valueOf(number.get()), mentions);
        }
        boolean who = i > 0 && tokens.get(i - 1).lower().equals("who") && name.isPresent();
        boolean verb = name.filter(n -> n.end() == i + 1 && n.links().get(0) instanceof Link.ToValue)
                        .isPresent()
                && Character.isLowerCase(token.text().charAt(0));
        if (fillers.contains(token.lower()) && verb) {
            // "tracks run longer" names no track that is called Run
            return i + 1;
        }
        // "US" is no "us"
        boolean capitals = token.text().matches("[A-Z]{2,}") && name.isPresent();
        boolean filler = fillers.contains(token.lower()) && !who && !capitals
                || MakeVerb.isAuxiliary(tokens, i)
                || i > 0 && name.isEmpty() && VERBS_OF_RELATION.contains(Stems.of(token.text()));
        if (name.isPresent()
                && !(filler
                        && name.get().end() == i + 1
                        && (name.get().score() < 0.97 || MakeVerb.isAuxiliary(tokens, i) || MakeVerb.isForm(token)))) {
            mentions.add(new Linked(
                    name.get().links(), Token.joined(tokens, i, name.get().end())));
            boolean date = name.get().links().get(0) instanceof Link.ToColumn c
                    && ColumnKinds.temporal(c.column())
                    && name.get().end() < tokens.size()
                    && tokens.get(name.get().end()).lower().matches("date|day");
            // "the due date" is due_on
            return date ? name.get().end() + 1 : name.get().end();
        }
        if (filler && ListedFillers.isListed(tokens, i)) {
            // "the dates, places and names": what is listed is asked for, however little it says
            mentions.add(
                    token.lower().matches("details?|information")
                            ? new Marker(Mark.DETAILS, token.text())
                            : new Unknown(token.text()));
            return i + 1;
        }
        if (filler || fillers.contains(Stems.of(token.text()))) {
            return i + 1;
        }
        boolean heads = MEMBERS.contains(token.lower())
                && !mentions.isEmpty()
                && mentions.get(mentions.size() - 1) instanceof Linked before
                && before.links().get(0) instanceof Link.ToTable;
        if (heads && name.isEmpty()) {
            // "crew members" are the crew
            return i + 1;
        }
        return unknown.read(i, mentions);
    }
}
