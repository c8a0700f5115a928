package io.calque.nl2plan.draft.words;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.KnownValues;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How many words, from one on, are one name of the catalog. A longer name wins over a shorter one only by what it says more: words that say
 * something of a thing ("booked", "on file", "in total") end its name, else every sentence would be the name of some column.
 */
final class NameSpans {
    private static final int LONGEST_NAME = 5;
    private static final Set<String> END_NO_NAME = Set.of("in", "by", "for", "from", "with", "at", "first", "last");
    private static final Set<String> OPEN = Set.of("on", "at", "by");
    private static final Set<String> PAST = Set.of("born", "sent", "left", "sold", "bought", "paid", "spent");
    private static final Set<String> PRESENT = Set.of(
            "weigh", "cost", "earn", "last", "order", "buy", "place", "spend", "pay", "sell", "charge", "hold", "owe",
            "need", "use", "own", "work", "fly", "book", "carry", "due");
    private static final Set<String> THIRD_PERSON =
            Set.of("earns", "weighs", "spends", "pays", "sells", "owes", "owns");

    private final List<Token> tokens;
    private final Lexicon lexicon;

    NameSpans(List<Token> tokens, Lexicon lexicon) {
        this.tokens = tokens;
        this.lexicon = lexicon;
    }

    /**
     * @param end where the words behind it begin
     * @param links what it names, best first
     * @param score of the best one
     */
    record Span(int end, List<Link> links, double score) {}

    /** The best reading of the words from here on as one name: each further word must be worth it. */
    Optional<Span> at(int from) {
        if (MakeVerb.isForm(tokens.get(from))) {
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
                words.addAll(CompoundWords.of(token.text()));
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
        List<String> words = new ArrayList<>(CompoundWords.of(Token.joined(tokens, from, span.end())));
        words.removeIf(List.of("of", "the", "a")::contains);
        words.addAll(CompoundWords.of(tokens.get(unit).text()));
        List<Link> links = lexicon.find(words);
        boolean held = !links.isEmpty()
                && links.get(0).score() > span.score()
                && ColumnKinds.numeric(links.get(0))
                && lexicon.words(links.get(0).table(), ((Link.ToColumn) links.get(0)).column())
                        .contains(Stems.of(tokens.get(unit).text()));
        return held ? Optional.of(new Span(unit + 1, links, links.get(0).score())) : Optional.empty();
    }

    /** "first and last name" names two columns that share their last word. */
    Optional<Span> sharedHead(int i) {
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
}
