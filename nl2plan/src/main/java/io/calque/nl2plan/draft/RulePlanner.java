package io.calque.nl2plan.draft;

import io.calque.nl2plan.draft.compile.OwnReferences;
import io.calque.nl2plan.draft.compile.Repeated;
import io.calque.nl2plan.draft.compile.RequestCompiler;
import io.calque.nl2plan.draft.constructions.QuestionReader;
import io.calque.nl2plan.draft.conversation.Conversation;
import io.calque.nl2plan.draft.conversation.Nouns;
import io.calque.nl2plan.draft.conversation.TurnReader;
import io.calque.nl2plan.draft.conversation.Understanding;
import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.meaning.ImpliedVerbs;
import io.calque.nl2plan.draft.meaning.JoinTree;
import io.calque.nl2plan.draft.meaning.LightNouns;
import io.calque.nl2plan.draft.phrases.ListedNames;
import io.calque.nl2plan.draft.phrases.PeopleNamed;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.RequestWords;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Asides;
import io.calque.nl2plan.draft.words.Commands;
import io.calque.nl2plan.draft.words.Definitions;
import io.calque.nl2plan.draft.words.FiscalYears;
import io.calque.nl2plan.draft.words.Idioms;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.MentionReader;
import io.calque.nl2plan.draft.words.Token;
import io.calque.nl2plan.draft.words.YearsBeside;
import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Taken;
import io.calque.nl2plan.search.WordList;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Drafts plans by rules alone, the same plan for the same question and catalog. Immutable, thread-safe. */
public final class RulePlanner {
    /** A word that nothing explains costs this much of the confidence. */
    private static final double UNEXPLAINED = 0.45;
    /** One that general English alone explains so much. */
    private static final double TAKEN = 0.95;

    private final Lexicon lexicon;
    private final JoinGraph graph;
    private final List<TableDescriptor> tables;
    private final Set<String> fillers;
    private final Idioms idioms;
    private final Commands commands;
    private final TurnReader reader = new TurnReader() {
        @Override
        public Understanding read(String question, List<Mention> before) {
            return understood(question, before);
        }

        @Override
        public List<Mention> mentions(String words) {
            return RulePlanner.this.mentions(words);
        }
    };

    public RulePlanner(Lexicon lexicon, JoinGraph graph, List<TableDescriptor> tables) {
        this.lexicon = lexicon;
        this.graph = graph;
        this.tables = List.copyOf(tables);
        this.fillers = WordList.words("fillers.txt");
        this.idioms = Idioms.load();
        this.commands = Commands.load();
    }

    /**
     * @throws QueryException QUESTION_DECLINED saying which words were not understood
     */
    public Draft draft(String question) {
        return draft(List.of(question));
    }

    /**
     * The last turn of a conversation, with what it takes from those before.
     *
     * @throws QueryException QUESTION_DECLINED saying which words were not understood
     */
    public Draft draft(List<String> turns) {
        try {
            commands.in(turns.get(0)).ifPresent(verb -> {
                throw new NotUnderstood("'" + verb + "' asks for a change, and questions only read");
            });
            Conversation conversation = new Conversation(reader, new Nouns(lexicon));
            Understanding understood = reader.read(turns.get(0), List.of());
            for (String turn : turns.subList(1, turns.size())) {
                understood = conversation.next(understood, turn);
            }
            Draft draft = draft(understood, turns.size() == 1);
            return turns.size() == 1 ? draft : draft.with(saidOf(draft, turns));
        } catch (NotUnderstood e) {
            throw new QueryException(
                    ErrorCode.QUESTION_DECLINED, "The question was not understood: " + e.getMessage(), e);
        }
    }

    /** Evidence in the words of the turns, without the values that later turns have replaced. */
    private static List<String> saidOf(Draft draft, List<String> turns) {
        String said = String.join("\n", turns).toLowerCase(Locale.ROOT);
        return draft.evidence().stream()
                .distinct()
                .filter(e -> said.contains(quotation(e, 0).toLowerCase(Locale.ROOT)))
                .filter(e -> !e.contains("' is value '")
                        || draft.plan().interpretation().contains("'" + quotation(e, e.indexOf("' is value '") + 11)))
                .toList();
    }

    private static String quotation(String text, int quote) {
        int end = text.indexOf('\'', quote + 1);
        return end < 0 ? text : text.substring(quote + 1, end);
    }

    /** Whether only an earlier question can say what a question means. */
    public static boolean leans(String question) {
        return Conversation.leans(question);
    }

    private Understanding understood(String question, List<Mention> before) {
        List<Mention> read = mentions(question);
        Context first = new Context(lexicon, graph, tables, read);
        List<Mention> said = ListedNames.bound(LightNouns.without(PeopleNamed.in(read, first), first), first);
        List<Mention> all = new ArrayList<>(before);
        all.addAll(said);
        Context context = new Context(lexicon, graph, tables, all);
        ImpliedVerbs implied = ImpliedVerbs.of(said, context, graph);
        List<Mention> mentions = implied.mentions();
        Understood understood = new QuestionReader(context).read(mentions);
        implied.verbs()
                .forEach(v -> understood
                        .request()
                        .assumptions
                        .add("'" + v + "' says no more than that they belong together"));
        return new Understanding(understood.request(), understood.unexplained(), all, context);
    }

    private List<Mention> mentions(String question) {
        return new MentionReader(
                        Token.of(Asides.removed(
                                idioms.plain(YearsBeside.told(Definitions.applied(FiscalYears.told(question)))))),
                        Asides.of(question),
                        lexicon,
                        fillers)
                .read();
    }

    /** @param whole whether the words are one question, and none is replaced by a later one */
    private Draft draft(Understanding understood, boolean whole) {
        Request request = understood.request();
        List<Mention> mentions = understood.mentions();
        Context context = understood.context();
        OwnReferences.prefer(request, graph, tables);
        sumFinerRows(request, context);
        RequestCompiler compiler = new RequestCompiler(request, context, graph, tables);
        String words = RequestWords.of(request);
        List<String> unexplained = understood.unexplained();
        double confidence = confidence(mentions, unexplained);
        if (!unexplained.isEmpty()) {
            request.assumptions.add("ignored: " + String.join(", ", unexplained));
        }
        double told = 1;
        for (Mention mention : mentions) {
            Optional<Taken> taken = taken(mention);
            if (taken.isPresent()) {
                request.assumptions.add(
                        "'" + mention.text() + "' is taken as " + taken.get().as());
                told *= TAKEN;
                List<String> tables = context.equallyNear((Linked) mention);
                if (tables.size() > 1 && understood.unexplained().isEmpty()) {
                    throw new QueryException(
                            ErrorCode.QUESTION_AMBIGUOUS,
                            "'" + mention.text() + "' may mean table " + String.join(" or table ", tables)
                                    + "; say which");
                }
            }
        }
        PlanDocument plan = compiler.compile(words);
        List<String> lost = whole ? new Traces(plan, graph).lost(mentions) : List.of();
        if (!lost.isEmpty()) {
            throw new NotUnderstood("no place was found for '" + String.join("', '", lost) + "'");
        }
        Draft draft = new Draft(plan, evidence(mentions, context), confidence * told);
        if (unexplained.isEmpty()) {
            askWhereSeveralFit(mentions, context, request);
        }
        return draft;
    }

    /**
     * @throws QueryException QUESTION_AMBIGUOUS with the choices
     */
    private static void askWhereSeveralFit(List<Mention> mentions, Context context, Request request) {
        Set<TableName> spokenOf = request.tablesBesideShown();
        for (Mention mention : mentions) {
            List<Link> choices = mention instanceof Linked linked ? context.equallyGood(linked) : List.of();
            boolean settled = choices.stream()
                                    .filter(c -> spokenOf.contains(c.table().name()))
                                    .count()
                            == 1
                    || request.subject.isPresent()
                            && choices.stream()
                                    .anyMatch(c -> c.table()
                                            .name()
                                            .equals(request.subject.get().name()));
            if (!choices.isEmpty() && !settled) {
                throw new QueryException(
                        ErrorCode.QUESTION_AMBIGUOUS,
                        "'" + mention.text() + "' may mean "
                                + choices.stream().map(RulePlanner::words).collect(Collectors.joining(" or "))
                                + "; say whose it is");
            }
        }
    }

    /** What a word means that no name, value or synonym explains. */
    private Optional<Taken> taken(Mention mention) {
        return mention instanceof Linked linked
                        && linked.text().indexOf(' ') < 0
                        && lexicon.find(List.of(linked.text().toLowerCase(Locale.ROOT)))
                                .isEmpty()
                ? lexicon.taken(linked.text().toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** Totals of invoices cannot be split by what is on them; price times quantity of their lines can. */
    private void sumFinerRows(Request request, Context context) {
        for (Measure measure : request.measures()) {
            if (measure.function() == AggregateFunction.SUM && restrictedBelow(request, measure)) {
                context.amounts().finer(measure).ifPresent(finer -> replace(request, measure, finer));
            }
        }
        try {
            new RequestCompiler(request, context, graph, tables).compile("");
        } catch (Repeated e) {
            Measure finer = context.amounts().finer(e.measure()).orElseThrow(() -> e);
            replace(request, e.measure(), finer);
        }
    }

    /** "revenue from Rock tracks" is no sum of whole invoices that have one on them. */
    private boolean restrictedBelow(Request request, Measure measure) {
        return request.filters().stream()
                .map(c -> c.table().name())
                .anyMatch(t -> !JoinTree.of(graph, measure.of().name(), Set.of(t))
                        .single()
                        .contains(t));
    }

    private static void replace(Request request, Measure measure, Measure finer) {
        request.assumptions.add(measure.column().map(Object::toString).orElse("") + " is taken as "
                + finer.value().orElseThrow().words());
        request.replace(measure, finer);
    }

    private static double confidence(List<Mention> mentions, List<String> unexplained) {
        double fit = mentions.stream()
                .flatMap(m -> m instanceof Mention.Calculation c
                        ? c.phrases().values().stream().flatMap(List::stream)
                        : Stream.of(m))
                .filter(m -> m instanceof Linked)
                .mapToDouble(m -> ((Linked) m).links().get(0).score())
                .average()
                .orElse(0);
        return (0.5 + fit / 2) * Math.pow(UNEXPLAINED, unexplained.size());
    }

    private static List<String> evidence(List<Mention> mentions, Context context) {
        List<String> evidence = new ArrayList<>();
        for (Mention mention : mentions) {
            if (mention instanceof Linked linked) {
                Optional<Link> link = context.pick(linked, l -> true);
                link.ifPresent(l -> evidence.add("'" + linked.text() + "' is " + words(l)));
            }
        }
        return evidence;
    }

    private static String words(Link link) {
        if (link instanceof Link.ToTable table) {
            return "table " + table.table().name();
        }
        if (link instanceof Link.ToColumn column) {
            return "column " + column.table().name() + "." + column.column().name();
        }
        Link.ToValue value = (Link.ToValue) link;
        return "value '" + value.value() + "' of " + value.table().name() + "."
                + value.column().name();
    }
}
