package io.calque.nl2plan.draft.conversation;

import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Listing;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Membership;
import io.calque.nl2plan.draft.request.Request.Wanted;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A turn that leans on those before it. Three kinds: a question about "them" is asked of their rows and keeps what restricted these; a
 * question for the share that "that" is; and a piece of a question, which changes one thing in what was asked. Stateless but for its reader.
 */
public final class Conversation {
    private static final Pattern ASKS = Pattern.compile(
            "(?i)\\b(which|what|what's|who|whose|whom|how|when|where|why|does|do|did|is|are|was|were|has|have|had)\\b");
    private static final Pattern LISTS = Pattern.compile(
            "(?i)^\\s*(?:list|show|give|name|find|count|get)\\b(?!.*\\b(?:only|just|also|instead|them|those|it|that)\\b).*");
    private static final Pattern PIECE = Pattern.compile(
            "(?i)^\\s*(?:and|but|or|so|now|then|ok|okay|only|just|what about|how about|make (?:it|that)|(?:break|split|group|sort|order|rank|limit) (?:it|that|this|them|those)|"
                    + "leave out|instead|(?:the )?same (?:for|in|by|per)|sorted by|ordered by|excluding|except)\\b.*|^\\s*(?:the )?(?:top|first) \\w+\\W*$");
    /** Begins many a question, too: these are short. */
    private static final Pattern SHORT_PIECE = Pattern.compile(
            "(?i)^\\s*(?:by|per|for|in|since|until|before|after|during|with|without|not|sort by|order by|add)\\b[^,:]*$");

    private static final int SHORT = 5;
    private static final Pattern THEM = Pattern.compile(
            "(?i)\\b(they|them|those|these|their|she|he|her|him|his|hers|it|its|the (?:same )?ones)\\b");
    private static final Pattern SHARE = Pattern.compile(
            "(?i)^\\W*(?:and )?(?:what|which) (?:percentage|percent|share|proportion|fraction|part) of .*\\b(?:is|are|was|were|does|do) (?:that|those|this|these|they|it)\\b.*");

    /** "in the USA, those": the pronoun stands for words of its own sentence. */
    private static final Pattern ASKED_OF =
            Pattern.compile("(?i).*\\b(?:do|did|does|have|has|had|are|were|was|is|of|by|for|to|from|after|on)\\s+$");

    private static final Pattern WHOSE = Pattern.compile("(?i)their|his|her|its");
    private static final Pattern OF_OTHERS = Pattern.compile("(?i)^\\s+(?:who|that|which|whose|with|without)\\b");

    /** Names nothing that a pronoun could stand for. */
    private static final Pattern SMALL_WORDS = Pattern.compile(
            "(?i)(?:\\W*\\b(?:and|but|so|now|then|also|only|just|what|what's|which|who|whose|where|when|how|many|much|about|is|are|was|were|do|does|did|has|have|had|can|"
                    + "show|list|give|get|tell|me|us|add|include|sort|order|rank|group|split|by|per|for|of|in|from|with|without|to|the|all|each|most|least|first|last|same|please)\\b)*\\W*");

    private final TurnReader reader;
    private final Nouns nouns;

    /**
     * @param reader reads a question, given the mentions of what was said before
     */
    public Conversation(TurnReader reader, Nouns nouns) {
        this.reader = reader;
        this.nouns = nouns;
    }

    /** Whether only an earlier turn can say what a turn means. */
    public static boolean leans(String turn) {
        if (refers(turn) || SHARE.matcher(turn).matches()) {
            return true;
        }
        boolean asks = ASKS.matcher(turn.replaceAll("(?i)\\b(?:what|how) about\\b", ""))
                .find();
        boolean piece = PIECE.matcher(turn).matches()
                || SHORT_PIECE.matcher(turn).matches() && turn.strip().split("\\s+").length <= SHORT;
        return !asks && !LISTS.matcher(turn).matches() && piece;
    }

    /** Whether a pronoun stands for what an earlier turn spoke of. */
    private static boolean refers(String turn) {
        Matcher them = THEM.matcher(turn);
        while (them.find()) {
            String before = turn.substring(0, them.start());
            boolean said = !SMALL_WORDS.matcher(before).matches();
            boolean own = WHOSE.matcher(them.group()).matches()
                    || OF_OTHERS.matcher(turn.substring(them.end())).find();
            // "customers with their cities", "customers, and those who": it stands for words of its own sentence
            boolean near =
                    before.split("\\s+").length <= 3 || ASKED_OF.matcher(before).matches();
            if (near && !(own && said)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What the turn asks for.
     *
     * @throws NotUnderstood when it leans on the turns before in a way that is not understood
     */
    public Understanding next(Understanding before, String turn) {
        if (!leans(turn)) {
            return reader.read(turn, List.of());
        }
        if (SHARE.matcher(turn).matches()) {
            return share(before);
        }
        String words = turn.replaceAll("(?i)\\b(?:what|how) about\\b", "");
        if (refers(turn) && ASKS.matcher(words).find()) {
            return about(before, turn);
        }
        return new TurnChange(reader, nouns).apply(before, turn);
    }

    private static NotUnderstood notUnderstood() {
        return new NotUnderstood("it goes on from the question before in a way that is not understood; ask it in full");
    }

    /** "what percentage of all lines is that?": what was counted, of all that could have been. */
    private static Understanding share(Understanding before) {
        Request old = before.request();
        boolean counted = old.outputs.size() == 1
                && old.outputs.get(0) instanceof Measure measure
                && measure.function() == AggregateFunction.COUNT
                && measure.column().isEmpty()
                && !before.isChoice()
                && !old.conditions.isEmpty()
                && old.absent.isEmpty();
        if (!counted) {
            throw notUnderstood();
        }
        Request share = new Request();
        share.subject = old.subject;
        share.conditions.addAll(old.conditions);
        share.shareFrom = OptionalInt.of(0);
        share.outputs.add(new Measure(
                AggregateFunction.AVG, ((Measure) old.outputs.get(0)).of(), Optional.empty(), Distinctness.AS_IS));
        return new Understanding(share, before.unexplained(), before.mentions(), before.context());
    }

    /** The question, asked of the rows that the turn before was about. */
    private Understanding about(Understanding before, String turn) {
        TableDescriptor subject = before.subject().orElseThrow(Conversation::notUnderstood);
        Understanding asked = reader.read(nouns.instead(turn, subject), before.mentions());
        Request next = asked.request();
        boolean onlyNames = next.measures().isEmpty()
                && next.conditions.isEmpty()
                && next.absent.isEmpty()
                && next.orders.isEmpty()
                && next.limit.isEmpty();
        if (before.isChoice() && onlyNames) {
            return shownToo(before, asked);
        }
        if (before.isChoice() || turnsRound(before.request(), subject, next)) {
            next.memberships.add(chosen(before, subject));
            return asked;
        }
        restrict(next, before.request());
        return asked;
    }

    /** "how many customers does she have?" after "who looks after Frank Harris?": that was said of her customers, not of those counted. */
    private static boolean turnsRound(Request old, TableDescriptor subject, Request next) {
        Set<TableName> counted = new HashSet<>();
        next.measures().forEach(m -> counted.add(m.of().name()));
        next.subject.ifPresent(s -> counted.add(s.name()));
        counted.remove(subject.name());
        return old.conditions.stream().anyMatch(c -> counted.contains(c.table().name()));
    }

    /** The rows of the turn before, by their key. */
    private static Membership chosen(Understanding before, TableDescriptor subject) {
        List<ColumnRef> key = before.context().rows().key(subject);
        Request old = before.request();
        boolean listed = old.outputs.stream()
                .anyMatch(o ->
                        o instanceof Attribute a && a.column().table().name().equals(subject.name()));
        if (key.isEmpty() || !listed || old.ofEachGroup) {
            throw notUnderstood();
        }
        old.outputs.clear();
        key.forEach(k -> old.outputs.add(new Attribute(k)));
        return new Membership(key, new Listing(old), Wanted.LISTED);
    }

    /** "which countries are they from?" of the first five: the same rows, with their countries. */
    private static Understanding shownToo(Understanding before, Understanding asked) {
        for (Item item : asked.request().outputs) {
            if (item instanceof Attribute && !before.request().outputs.contains(item)) {
                before.request().outputs.add(item);
            }
        }
        return new Understanding(before.request(), asked.unexplained(), asked.mentions(), asked.context());
    }

    /** What restricted the rows goes on restricting them, where nothing else is said of the same. */
    private static void restrict(Request next, Request old) {
        List<Condition> said = List.copyOf(next.conditions);
        int added = 0;
        for (Condition condition : old.conditions) {
            boolean anew = said.stream().anyMatch(c -> c.column().equals(condition.column()));
            if (!anew) {
                next.conditions.add(added++, condition);
            }
        }
        if (next.shareFrom.isPresent()) {
            next.shareFrom = OptionalInt.of(next.shareFrom.getAsInt() + added);
        }
        next.memberships.addAll(old.memberships);
        next.pairs.addAll(old.pairs);
        next.averages.addAll(old.averages);
        next.beside.addAll(old.beside);
        old.required.stream()
                .filter(t -> next.required.stream().noneMatch(r -> r.name().equals(t.name())))
                .filter(t -> next.absent.stream().noneMatch(a -> a.name().equals(t.name())))
                .forEach(next.required::add);
        old.absent.stream()
                .filter(t -> next.absent.stream().noneMatch(r -> r.name().equals(t.name())))
                .forEach(next.absent::add);
    }
}
