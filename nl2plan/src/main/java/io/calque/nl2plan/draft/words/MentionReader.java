package io.calque.nl2plan.draft.words;

import io.calque.nl2plan.draft.meaning.KnownValues;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.TimeUnit;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.draft.words.Mention.Every;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Quoted;
import io.calque.nl2plan.draft.words.Mention.Unknown;
import io.calque.nl2plan.formula.Arithmetic;
import io.calque.nl2plan.formula.FormulaText;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.nl2plan.search.Taken;
import io.calque.nl2plan.search.WordList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From tokens to mentions: times first, then words of the grammar, then the catalog, longest and best fits first. Used for one question. */
public final class MentionReader {
    private static final int LONGEST_NAME = 5;
    private static final int LONGEST_VALUE = 9;
    private static final Set<String> SMALL = Set.of("the", "of", "a", "an", "and", "in", "at", "on", "for", "to");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    /** Forms of a verb that stand for no column, whatever one is called. */
    private static final Set<String> MADE = Set.of("made", "makes", "making");

    private static final String DOCTOR = "dr";
    private static final Set<String> TITLES = Set.of("mr", "mrs", "ms", "miss", DOCTOR);

    /** Nouns that mostly say nothing, and are asked for where they are listed. */
    private static final Set<String> LIGHT =
            Set.of("details", "detail", "information", "place", "places", "time", "times", "company", "home", "value");

    private static final Set<String> MEMBERS = Set.of("member", "members");

    private static final Set<String> GROUPS = Set.of("by", "per", "each", "every");
    private static final Set<String> PAST = Set.of("born", "sent", "left", "sold", "bought", "paid", "spent");
    private static final Set<String> PRESENT = Set.of(
            "weigh", "cost", "earn", "last", "order", "buy", "place", "spend", "pay", "sell", "charge", "hold", "owe",
            "need", "use", "own", "work", "fly", "book", "carry", "due");
    private static final Set<String> END_NO_NAME = Set.of("in", "by", "for", "from", "with", "at", "first", "last");
    private static final Set<Mark> ALSO_COLUMNS = Set.of(Mark.SHARE, Mark.RANK);
    private static final Set<String> OPEN = Set.of("on", "at", "by");
    /** Short forms that names of the catalog are spelled out of, too. */
    private static final Map<String, String> SHORT = Map.of("max", "maximum", "min", "minimum", "avg", "average");

    private static final Set<String> THIRD_PERSON =
            Set.of("earns", "weighs", "spends", "pays", "sells", "owes", "owns");
    private static final Set<String> ASKS = Set.of("which", "what");
    private static final Set<String> LEADS_TO_UNIT = Set.of("the", "and", ",", "for");

    private static final Set<String> VERBS_OF_RELATION =
            WordList.words("verbs.txt").stream().map(Stems::of).collect(Collectors.toUnmodifiableSet());

    private final List<Token> tokens;
    private final Lexicon lexicon;
    private final Set<String> fillers;
    private final PeriodReader periods;
    private final KindsOf kinds;

    public MentionReader(List<Token> tokens, Asides asides, Lexicon lexicon, Set<String> fillers) {
        this.tokens = apart(tokens, lexicon);
        this.lexicon = lexicon;
        this.fillers = fillers;
        this.kinds = new KindsOf(lexicon);
        this.periods = new PeriodReader(this.tokens, asides);
    }

    /** A name glued with underscores that is none of the catalog's is read word by word. */
    private static List<Token> apart(List<Token> tokens, Lexicon lexicon) {
        List<Token> apart = new ArrayList<>();
        for (Token token : tokens) {
            boolean glued = token.kind() == Token.Kind.WORD && token.text().contains("_");
            List<Link> links = glued ? lexicon.find(words(token.text())) : List.of();
            if (!glued || !links.isEmpty() && links.get(0).score() > 0.6) {
                apart.add(token);
            } else {
                words(token.text()).forEach(word -> apart.add(new Token(Token.Kind.WORD, word)));
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
        int named = titled(i);
        if (named > i) {
            List<Link> doctors = DOCTOR.equals(token.lower()) ? lexicon.find(List.of("doctor")) : List.of();
            if (!doctors.isEmpty() && doctors.get(0) instanceof Link.ToTable) {
                mentions.add(new Linked(doctors, token.text()));
            }
            return named;
        }
        // "more than 2000" is no year
        boolean compared = token.kind() == Token.Kind.NUMBER
                && !mentions.isEmpty()
                && mentions.get(mentions.size() - 1) instanceof Mention.Compare;
        Optional<PeriodReader.Read> period =
                compared ? Optional.empty() : periods.at(i).filter(p -> !isColumn(i, p));
        if (period.isPresent()) {
            mentions.add(new During(period.get().period(), text(i, period.get().end())));
            return period.get().end();
        }
        Optional<TextPieces.Found> piece = TextPieces.at(tokens, i);
        if (piece.isPresent()) {
            int at = piece.get().end();
            mentions.add(piece.get().like());
            mentions.add(new Quoted(tokens.get(at).text(), Quoted.Source.QUOTES));
            return at + 1;
        }
        int between = between(i, mentions);
        if (between > i) {
            return between;
        }
        int whole = wholeName(i, mentions);
        if (whole > i) {
            return whole;
        }
        if (token.lower().equals("to") && isValue(i + 1)) {
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
                quoted(token.text(), mentions);
                return i + 1;
            }
            case FORMULA -> {
                mentions.add(calculation(token.text()));
                return i + 1;
            }
            case NUMBER -> {
                return number(i, NumberWords.digits(token.text()), mentions);
            }
            case DATE, WORD -> {
                return word(i, mentions);
            }
        }
        return i + 1;
    }

    /** "Dr. Okafor", "Ms Lee": where the name begins that a title stands before; otherwise {@code i}. */
    private int titled(int i) {
        if (!TITLES.contains(tokens.get(i).lower())) {
            return i;
        }
        int next = i + 1 < tokens.size() && tokens.get(i + 1).text().equals(".") ? i + 2 : i + 1;
        boolean name = next < tokens.size()
                && tokens.get(next).kind() == Token.Kind.WORD
                && Character.isUpperCase(tokens.get(next).text().charAt(0));
        return name ? next : i;
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

    private int number(int i, BigDecimal value, List<Mention> mentions) {
        boolean percentile = i + 1 < tokens.size() && tokens.get(i + 1).lower().equals("percentile");
        if (percentile && value.signum() > 0 && value.compareTo(HUNDRED) < 0) {
            mentions.add(new Mention.Aggregation(
                    AggregateFunction.PERCENTILE_CONT, Optional.of(value.movePointLeft(2)), text(i, i + 2)));
            return i + 2;
        }
        Optional<BigDecimal> scale =
                i + 1 < tokens.size() ? NumberWords.scale(tokens.get(i + 1).lower()) : Optional.empty();
        int end = scale.isPresent() ? i + 2 : i + 1;
        String text = tokens.get(i).text();
        Optional<Unit> sign = text.endsWith("%")
                ? Optional.of(Unit.PERCENT)
                : text.matches("[$€£].*") ? Optional.of(Unit.DOLLAR) : Optional.empty();
        Optional<Unit> unit =
                sign.or(() -> end < tokens.size() ? Unit.of(tokens.get(end).text()) : Optional.empty());
        mentions.add(new Mention.Number(scale.map(value::multiply).orElse(value), unit, text));
        return unit.isPresent() && sign.isEmpty() ? end + 1 : end;
    }

    private void quoted(String text, List<Mention> mentions) {
        List<Link> known = values(words(text));
        List<String> words = List.of(text.strip().split("\\s+"));
        boolean name = known.isEmpty()
                && words.size() == 2
                && words.stream().allMatch(w -> !values(words(w)).isEmpty());
        if (name) {
            // a first and a last name stand in columns of their own
            words.forEach(w -> mentions.add(new Linked(values(words(w)), w)));
            return;
        }
        mentions.add(known.isEmpty() ? new Quoted(text, Quoted.Source.QUOTES) : new Linked(known, text));
    }

    /** "the first year and the last year" of rows that have columns of these names. */
    private boolean isColumn(int i, PeriodReader.Read period) {
        boolean word = tokens.get(i).kind() == Token.Kind.WORD;
        return word
                && name(tokens.get(i).lower().equals("the") ? i + 1 : i)
                        .filter(n -> n.end() >= period.end()
                                && n.score() > 0.97
                                && n.links().get(0) instanceof Link.ToColumn)
                        .isPresent();
    }

    /** "The Lord of the Hills": a value of which small words are part; where it ends, else where it would begin. */
    private int wholeName(int i, List<Mention> mentions) {
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
                mentions.add(new Linked(known, text(i, end)));
                return end;
            }
        }
        return i;
    }

    private boolean isValue(int i) {
        boolean own = i < tokens.size()
                && (tokens.get(i).kind() == Token.Kind.QUOTED
                        || tokens.get(i).kind() == Token.Kind.WORD
                                && Character.isUpperCase(tokens.get(i).text().charAt(0)));
        return own
                && (tokens.get(i).kind() == Token.Kind.QUOTED
                        ? !values(words(tokens.get(i).text())).isEmpty()
                        : name(i).filter(n -> n.links().get(0) instanceof Link.ToValue)
                                .isPresent());
    }

    private List<Link> values(List<String> words) {
        return lexicon.find(words).stream()
                .filter(link -> link instanceof Link.ToValue)
                .toList();
    }

    /** "between 3 and 5", "from $10 to $20": where it ends, else where it would begin. */
    private int between(int i, List<Mention> mentions) {
        boolean ranges = tokens.get(i).lower().matches("between|from") && isNumber(i + 1);
        if (!ranges) {
            return i;
        }
        List<Mention> low = new ArrayList<>();
        int and = number(i + 1, NumberWords.digits(tokens.get(i + 1).text()), low);
        boolean joined = and < tokens.size() && tokens.get(and).lower().matches("and|to") && isNumber(and + 1);
        if (!joined || !(low.get(0) instanceof Mention.Number least)) {
            return i;
        }
        List<Mention> high = new ArrayList<>();
        int end = number(and + 1, NumberWords.digits(tokens.get(and + 1).text()), high);
        mentions.add(new Mention.Between(least, text(i, end)));
        mentions.addAll(high);
        return end;
    }

    private boolean isNumber(int i) {
        return i < tokens.size() && tokens.get(i).kind() == Token.Kind.NUMBER;
    }

    private int word(int i, List<Mention> mentions) {
        Optional<Span> shared = sharedHead(i);
        if (shared.isPresent()) {
            mentions.add(new Linked(
                    shared.get().links(),
                    tokens.get(i).text() + " " + tokens.get(i + 3).text()));
            return i + 2;
        }
        Optional<Phrases.Found> phrase = Phrases.at(tokens, i);
        if (isNumberNamed(i, phrase)) {
            return i + 1;
        }
        if (PassiveAgents.at(tokens, i)) {
            mentions.add(new Marker(Mark.PREPOSITION, "by"));
            return i + 1;
        }
        Optional<Span> name = name(i);
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
        nameWins |= own || isValueSaid(i, phrase, name) || isColumnSaid(i, phrase, name, mentions);
        boolean column = phrase.isPresent()
                && phrase.get().mention() instanceof Mention.Aggregation
                && isColumnAlone(i, phrase.get().end(), name);
        if (phrase.isPresent() && !nameWins && !column) {
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
            return number(i, BigDecimal.valueOf(number.get()), mentions);
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
                || isAuxiliaryMake(i)
                || i > 0 && name.isEmpty() && VERBS_OF_RELATION.contains(Stems.of(token.text()));
        if (name.isPresent()
                && !(filler
                        && name.get().end() == i + 1
                        && (name.get().score() < 0.97 || isAuxiliaryMake(i) || MADE.contains(token.lower())))) {
            mentions.add(new Linked(name.get().links(), text(i, name.get().end())));
            boolean date = name.get().links().get(0) instanceof Link.ToColumn c
                    && ColumnKinds.temporal(c.column())
                    && name.get().end() < tokens.size()
                    && tokens.get(name.get().end()).lower().matches("date|day");
            // "the due date" is due_on
            return date ? name.get().end() + 1 : name.get().end();
        }
        if (filler && isListed(i)) {
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
        return unknown(i, mentions);
    }

    /** "the number of rooms", where a column is called so and no rows are rooms. */
    private boolean isNumberNamed(int i, Optional<Phrases.Found> phrase) {
        boolean figure =
                phrase.filter(p -> p.mention() instanceof Mention.Aggregation).isPresent();
        return tokens.get(i).lower().equals("the")
                && (figure || counts(phrase))
                && name(i + 1)
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
        List<String> words = new ArrayList<>(words(text(counted, name.end())));
        words.removeIf(List.of("of", "the", "a")::contains);
        boolean rows = lexicon.find(words).stream().anyMatch(l -> l instanceof Link.ToTable && l.score() > 0.95);
        return !rows
                && name.links().get(0) instanceof Link.ToColumn c
                && ColumnKinds.numeric(c)
                && lexicon.words(c.table(), c.column()).get(0).equals("number");
    }

    /** Whether a noun that says little by itself is one of several that are listed. */
    private boolean isListed(int i) {
        return LIGHT.contains(tokens.get(i).lower()) && (isJoin(i - 1) || isJoin(i + 1)) && endsItem(i + 1);
    }

    private boolean isJoin(int i) {
        return i > 0
                && i < tokens.size()
                && (tokens.get(i).kind() == Token.Kind.COMMA
                        || tokens.get(i).lower().equals("and"));
    }

    private boolean endsItem(int i) {
        return i >= tokens.size()
                || tokens.get(i).kind() == Token.Kind.COMMA
                || tokens.get(i).kind() == Token.Kind.STOP
                || tokens.get(i).lower().matches("and|of|for");
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
    private boolean isColumnAlone(int i, int end, Optional<Span> name) {
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

    /** "did each of them make" is no column make. */
    private boolean isAuxiliaryMake(int i) {
        if (!tokens.get(i).lower().equals("make")) {
            return false;
        }
        boolean ends = i + 1 == tokens.size() || tokens.get(i + 1).kind() == Token.Kind.STOP;
        if (ends && i > 0 && tokens.get(i - 1).lower().endsWith("s")) {
            // "the profits companies make"
            return true;
        }
        for (int before = Math.max(0, i - 4); before < i; before++) {
            if (tokens.get(before).lower().matches("do|does|did|to|can|will")) {
                return true;
            }
        }
        return false;
    }

    /** "first and last name" names two columns that share their last word. */
    private Optional<Span> sharedHead(int i) {
        if (i + 3 >= tokens.size()
                || !tokens.get(i + 1).lower().equals("and")
                || tokens.get(i + 3).kind() != Token.Kind.WORD) {
            return Optional.empty();
        }
        List<Link> first =
                lexicon.find(List.of(tokens.get(i).lower(), tokens.get(i + 3).lower()));
        List<Link> second = lexicon.find(
                List.of(tokens.get(i + 2).lower(), tokens.get(i + 3).lower()));
        boolean both = !first.isEmpty()
                && !second.isEmpty()
                && first.get(0).score() > 0.95
                && second.get(0).score() > 0.95;
        return both ? Optional.of(new Span(i + 2, first, first.get(0).score())) : Optional.empty();
    }

    /** Words with capitals inside a sentence are a name that no dictionary holds. */
    private int unknown(int i, List<Mention> mentions) {
        int end = i;
        // a sentence begins with a capital, too
        boolean begins = i == 0 || tokens.get(i - 1).kind() == Token.Kind.STOP && !isCapital(i + 1);
        while (!begins
                && end < tokens.size()
                && tokens.get(end).kind() == Token.Kind.WORD
                && Character.isUpperCase(tokens.get(end).text().charAt(0))
                && (end == i || name(end).isEmpty())) {
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
            mentions.add(new Quoted(text(i, end), Quoted.Source.CAPITALS));
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

    private record Span(int end, List<Link> links, double score) {}

    /** The best reading of the words from here on as one name: each further word must be worth it. */
    private Optional<Span> name(int from) {
        if (MADE.contains(tokens.get(from).lower())) {
            return Optional.empty();
        }
        Optional<Span> best = Optional.empty();
        double bestWorth = 0;
        List<String> words = new ArrayList<>();
        int named = 0;
        for (int end = from; end < tokens.size() && named < LONGEST_NAME; end++) {
            Token token = tokens.get(end);
            boolean joins = token.lower().equals("of")
                    || token.lower().equals("the")
                    || token.lower().equals("a");
            if (token.kind() == Token.Kind.NUMBER && end > from) {
                words.add(token.text());
            } else if (token.kind() != Token.Kind.WORD) {
                break;
            } else if (joins && end == from) {
                break;
            } else if (joins) {
                continue;
            } else {
                words.addAll(words(token.text()));
            }
            named++;
            List<Link> links = lexicon.find(words);
            boolean nameEnds = end > from
                    && (links.isEmpty() || links.get(0).score() < 0.97)
                    && (END_NO_NAME.contains(token.lower()) || isOrder(end));
            if (nameEnds) {
                // "members ordered by age", "hosts in total": no name goes so far
                continue;
            }
            boolean count = named > 1
                    && token.lower().matches("counts?")
                    && (links.isEmpty() || links.get(0).score() < 0.95);
            if (count) {
                // "sales count" counts the sales
                break;
            }
            boolean grammar = named == 1
                    && Phrases.at(tokens, from).filter(p -> p.end() == from + 1).isPresent();
            if (named > 1 && endsOpen(end)) {
                // "guests on file" are no dates on which they joined
                continue;
            }
            if (!links.isEmpty() && !(grammar && links.get(0).score() < 0.95)) {
                double worth = links.get(0).score() * Math.pow(named, 0.8);
                boolean verb = named > 1
                        && isVerb(token.lower(), tokens.get(end - 1).lower())
                        && links.get(0) instanceof Link.ToColumn c
                        // "amount received" is the amount of payments_received, "customers order" no column of orders
                        && (!token.lower().endsWith("ed")
                                || (ColumnKinds.temporal(c.column())
                                                // "guests booked" is no guest_id of bookings
                                                || lexicon.words(c.table(), c.column())
                                                        .contains("id")
                                                || KnownValues.years(new ColumnRef(c.table(), c.column())))
                                        && !lexicon.words(c.table()).contains(Stems.of(token.text())));
                // "films directed by", where films are rows
                boolean ofRows = named > 1
                        && token.lower().endsWith("ed")
                        && end + 1 < tokens.size()
                        && tokens.get(end + 1).lower().equals("by")
                        && best.filter(b -> b.score() > 0.9 && b.links().get(0) instanceof Link.ToTable)
                                .isPresent();
                boolean compared = named > 1
                        && token.lower().endsWith("ing")
                        && Phrases.at(tokens, end + 1)
                                .filter(p -> p.mention() instanceof Mention.Compare)
                                .isPresent();
                if (ofRows) {
                    break;
                }
                if (verb || compared) {
                    // "a line shipped by mail" is no ship date
                    continue;
                }
                if (worth > bestWorth && (named == 1 || links.get(0).score() >= 0.6)) {
                    bestWorth = worth;
                    best = Optional.of(new Span(end + 1, links, links.get(0).score()));
                }
            }
        }
        Optional<Span> found = best;
        return found.flatMap(span -> inUnit(from, span)).or(() -> found);
    }

    /** "the length in feet" is another column than the one in meters. */
    private Optional<Span> inUnit(int from, Span span) {
        int unit = span.end() + 1;
        boolean said = unit < tokens.size()
                && tokens.get(span.end()).lower().equals("in")
                && tokens.get(unit).kind() == Token.Kind.WORD
                && ColumnKinds.numeric(span.links().get(0));
        if (!said) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(words(text(from, span.end())));
        words.removeIf(List.of("of", "the", "a")::contains);
        words.addAll(words(tokens.get(unit).text()));
        List<Link> links = lexicon.find(words);
        boolean held = !links.isEmpty()
                && links.get(0).score() > span.score()
                && ColumnKinds.numeric(links.get(0))
                && lexicon.words(links.get(0).table(), ((Link.ToColumn) links.get(0)).column())
                        .contains(Stems.of(tokens.get(unit).text()));
        return held ? Optional.of(new Span(unit + 1, links, links.get(0).score())) : Optional.empty();
    }

    private boolean isOrder(int i) {
        return Phrases.at(tokens, i)
                .filter(p -> p.end() > i + 1 && p.mention() instanceof Marker m && m.mark() == Mark.ORDER)
                .isPresent();
    }

    /** A preposition, which ends a name only where a verb stands before it: "joined on". */
    private boolean endsOpen(int end) {
        String before = tokens.get(end - 1).lower();
        return OPEN.contains(tokens.get(end).lower()) && !before.endsWith("ed") && !PAST.contains(before);
    }

    /** Forms that follow a noun and begin to say something of it. */
    private static boolean isVerb(String word, String noun) {
        return word.endsWith("ed")
                || PAST.contains(word)
                || PRESENT.contains(word) && noun.endsWith("s")
                // "which officer earns the most"; books and orders are things, too
                || THIRD_PERSON.contains(word) && !noun.endsWith("s");
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.replaceAll("([a-z0-9])([A-Z])", "$1 $2").split("[-_\\s]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .map(word -> SHORT.getOrDefault(word, word))
                .toList();
    }

    private String text(int from, int to) {
        List<String> words = new ArrayList<>();
        for (int i = from; i < to; i++) {
            words.add(tokens.get(i).text());
        }
        return String.join(" ", words);
    }
}
