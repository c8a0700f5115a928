package io.calque.nl2plan.ask;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.calque.nl2plan.check.Finding;
import io.calque.nl2plan.check.NearestName;
import io.calque.nl2plan.check.PlanChecks;
import io.calque.nl2plan.draft.Draft;
import io.calque.nl2plan.draft.RulePlanner;
import io.calque.nl2plan.draft.meaning.RoleTables;
import io.calque.nl2plan.ontology.Meanings;
import io.calque.nl2plan.ontology.OntologyReading;
import io.calque.nl2plan.ontology.WrittenRelations;
import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanJson;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanTables;
import io.calque.nl2plan.render.PlanDiagrams;
import io.calque.nl2plan.render.PlanSql;
import io.calque.nl2plan.search.CatalogIndex;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.SchemaSearch;
import io.calque.nl2plan.search.Thesaurus;
import io.calque.nl2plan.search.UnlistedValues;
import io.calque.nl2plan.search.WordList;
import io.calque.nl2plan.teach.TaughtQuestions;
import io.calque.nl2plan.translate.QueryTeller;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.VisibleCatalog;
import io.calque.spi.pushdown.AlgebraTeller;
import io.calque.spi.question.AnsweredQuestion;
import io.calque.spi.question.QuestionPlanner;
import io.calque.spi.question.SchemaMatch;
import io.calque.spi.question.SourceNeed;
import io.calque.spi.question.ValueLookup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers questions with checked plans, or declines them. What the words of a catalog may mean is worked out once a version. Thread-safe. */
public final class Questions implements QuestionPlanner {
    /** Below this a question is declined: a wrong answer costs more than none. */
    private static final double THRESHOLD = 0.6;

    private static final int CATALOGS = 8;
    private static final int MATCHES = 40;
    /** Some 2,000 tokens, whatever the size of the catalog and the length of its names. */
    private static final int CONTEXT_CHARACTERS = 8_000;

    private final Thesaurus thesaurus = Thesaurus.load();
    private final CatalogIndex index;
    private final ValueLookup values;
    private final Cache<Key, Knowledge> knowledge =
            Caffeine.newBuilder().maximumSize(CATALOGS).build();

    /** Made when first asked for: planning does without. */
    private final Cache<Key, SchemaSearch> searches =
            Caffeine.newBuilder().maximumSize(CATALOGS).build();

    /** Searches an index in memory, without vectors. */
    public Questions() {
        this(CatalogIndex.inMemory(), ValueLookup.NONE);
    }

    /**
     * @param index of the catalog that is asked, which stays the caller's own to close
     * @param values looks up what no list of values has
     */
    public Questions(CatalogIndex index, ValueLookup values) {
        this.index = index;
        this.values = values;
    }

    private record Key(long version, String rights, List<String> searchPath, List<String> sources, Set<String> roles) {}

    /** What is derived from one catalog for one set of rights. */
    private record Knowledge(
            PlanTables tables,
            JoinGraph graph,
            Lexicon lexicon,
            RulePlanner planner,
            Meanings meanings,
            TaughtQuestions taught,
            UnlistedValues unlisted) {
        RulePlanner planner(OntologyReading reading) {
            return meanings.isEmpty()
                    ? planner
                    : new RulePlanner(meanings.lexicon(reading.times()), graph, meanings.tables());
        }
    }

    @Override
    public AnsweredQuestion plan(String question, Asked asked) {
        Knowledge known = knowledge(asked);
        List<String> turns = Turns.of(question);
        Optional<TaughtQuestions.Found> taught = known.taught().find(turns.get(turns.size() - 1));
        if (taught.isPresent()) {
            return answered(
                    known.meanings().expanded(taught.get().plan()),
                    List.of(taught.get().evidence()),
                    1,
                    known);
        }
        OntologyReading reading = Turns.reading(turns, known.meanings());
        Draft draft = planner(known, reading, asked).draft(Turns.of(reading.question()));
        if (draft.confidence() < THRESHOLD) {
            throw declined(draft, known.lexicon());
        }
        PlanDocument plan = known.meanings().resolved(draft.plan());
        return answered(plan, evidence(reading, draft), draft.confidence(), known);
    }

    /** A planner that knows the values, too, that the question names and no list has. */
    private RulePlanner planner(Knowledge known, OntologyReading reading, Asked asked) {
        if (values == ValueLookup.NONE) {
            return known.planner(reading);
        }
        List<String> words = known.unlisted().words(reading.question());
        List<Link.ToValue> found = words.isEmpty()
                ? List.of()
                : known.unlisted()
                        .links(values.find(words, known.unlisted().places(reading.question()), asked.principal()));
        return found.isEmpty()
                ? known.planner(reading)
                : new RulePlanner(
                        known.meanings().lexicon(reading.times()).withValues(found),
                        known.graph(),
                        known.meanings().tables());
    }

    private static AnsweredQuestion answered(
            PlanDocument plan, List<String> evidence, double confidence, Knowledge known) {
        List<Finding> findings = new PlanChecks(known.tables(), known.graph()).check(plan);
        Optional<Finding> error = findings.stream()
                .filter(f -> f.severity() == Finding.Severity.ERROR)
                .findFirst();
        if (error.isPresent()) {
            throw new QueryException(ErrorCode.QUESTION_DECLINED, "The question has no sound plan: " + error.get());
        }
        List<String> assumptions = new ArrayList<>(plan.assumptions());
        findings.forEach(finding -> assumptions.add(finding.toString()));
        return new AnsweredQuestion(
                PlanSql.of(plan, known.tables()),
                PlanJson.write(plan),
                PlanDiagrams.all(plan),
                plan.interpretation(),
                assumptions,
                evidence,
                confidence,
                sources(plan, known.tables()));
    }

    /** Words of the ontology are told by their entries, not by what the draft was given in their place. */
    private static List<String> evidence(OntologyReading reading, Draft draft) {
        List<String> evidence = new ArrayList<>(reading.evidence());
        draft.evidence().stream().filter(e -> !e.contains("entry_")).forEach(evidence::add);
        return evidence;
    }

    @Override
    public List<SchemaMatch> search(String question, Asked asked) {
        Knowledge known = knowledge(asked);
        SchemaSearch search = searches.get(
                key(asked),
                k -> new SchemaSearch(known.meanings().lexicon(Map.of()), WordList.carriers(), asked.catalog(), index));
        return withinBudget(
                search.find(Turns.reading(Turns.of(question), known.meanings()).question(), MATCHES));
    }

    /** The best of them, as many as a prompt has room for. */
    private static List<SchemaMatch> withinBudget(List<SchemaMatch> matches) {
        int characters = 0;
        List<SchemaMatch> kept = new ArrayList<>();
        for (SchemaMatch match : matches) {
            characters += match.kind().length()
                    + match.element().length()
                    + match.words().length();
            if (characters > CONTEXT_CHARACTERS && !kept.isEmpty()) {
                break;
            }
            kept.add(match);
        }
        return kept;
    }

    @Override
    public List<SourceNeed> classify(String question, Asked asked) {
        List<SchemaMatch> matches = search(question, asked);
        try {
            AnsweredQuestion answer = plan(question, asked);
            return SourceClassifier.classify(matches, answer.sources(), answer.confidence(), answer.evidence());
        } catch (QueryException e) {
            return SourceClassifier.guess(matches, nearest(question, asked));
        }
    }

    /** The sources of what was understood of a question that is not answered. */
    private List<SourceId> nearest(String question, Asked asked) {
        Knowledge known = knowledge(asked);
        try {
            OntologyReading reading = Turns.reading(Turns.of(question), known.meanings());
            Draft draft = planner(known, reading, asked).draft(Turns.of(reading.question()));
            return sources(known.meanings().resolved(draft.plan()), known.tables()).stream()
                    .distinct()
                    .toList();
        } catch (QueryException e) {
            return List.of();
        }
    }

    @Override
    public String complete(String previous, String question, Asked asked) {
        return Turns.joined(previous, question);
    }

    @Override
    public Optional<AlgebraTeller> teller() {
        return Optional.of(new QueryTeller(asked -> {
            Knowledge known = knowledge(asked);
            return new PlanChecks(known.tables(), known.graph());
        }));
    }

    private static QueryException declined(Draft draft, Lexicon lexicon) {
        List<String> why = draft.plan().assumptions().stream()
                .filter(a -> a.startsWith("ignored: "))
                .map(a -> "not understood: " + suggested(a.substring("ignored: ".length()), lexicon))
                .toList();
        return new QueryException(
                ErrorCode.QUESTION_DECLINED,
                "The question is declined (confidence "
                        + String.format(java.util.Locale.ROOT, "%.2f", draft.confidence())
                        + "); " + String.join("; ", why)
                        + (why.isEmpty() ? "" : "; ") + "nearest reading: "
                        + draft.plan().interpretation());
    }

    /** A word with a capital that no value has may be one misspelled. */
    private static String suggested(String words, Lexicon lexicon) {
        return Arrays.stream(words.split(", "))
                .map(word -> word.length() > 3 && Character.isUpperCase(word.charAt(0))
                        ? word
                                + NearestName.of(word, lexicon.valueTexts())
                                        .filter(near -> !near.equalsIgnoreCase(word))
                                        .map(near -> " (did you mean '" + near + "'?)")
                                        .orElse("")
                        : word)
                .collect(Collectors.joining(", "));
    }

    private Knowledge knowledge(Asked asked) {
        return knowledge.get(key(asked), k -> derive(asked));
    }

    private static Key key(Asked asked) {
        return new Key(
                asked.catalog().version(),
                asked.policy().digest(asked.principal()),
                asked.searchPath(),
                asked.catalog().sources().stream()
                        .map(s -> s.id() + "@" + System.identityHashCode(s))
                        .toList(),
                asked.roles());
    }

    private Knowledge derive(Asked asked) {
        CatalogSnapshot catalog = VisibleCatalog.of(asked.catalog(), asked.principal(), asked.policy());
        PlanTables tables = PlanTables.of(catalog, asked.principal(), asked.policy());
        List<TableDescriptor> subjects = tables.all().stream()
                .filter(t -> t.kind() != TableKind.SYSTEM_TABLE && onPath(t.name(), asked.searchPath()))
                .toList();
        if (subjects.isEmpty() && !asked.searchPath().isEmpty()) {
            throw nothingThere(asked.searchPath(), tables);
        }
        Lexicon names = new Lexicon(subjects, thesaurus);
        JoinGraph related = new JoinGraph(WrittenRelations.in(catalog, tables), subjects, names);
        RoleTables roles = RoleTables.of(subjects, related, names);
        JoinGraph graph = related.with(roles.edges());
        List<TableDescriptor> nouns = new ArrayList<>(subjects);
        nouns.addAll(roles.tables());
        Lexicon lexicon = roles.tables().isEmpty() ? names : new Lexicon(nouns, thesaurus);
        return new Knowledge(
                tables,
                graph,
                lexicon,
                new RulePlanner(lexicon, graph, nouns),
                new Meanings(catalog.ontology(), asked.roles(), tables, nouns, graph, lexicon),
                new TaughtQuestions(
                        TaughtQuestions.heldBy(catalog.ontology().verified(), asked.roles()), thesaurus, lexicon),
                new UnlistedValues(names, subjects));
    }

    private static QueryException nothingThere(List<String> searchPath, PlanTables tables) {
        List<String> places = tables.all().stream()
                .flatMap(t -> Stream.of(
                        t.name().source().value(),
                        t.name().source() + "." + t.name().schema()))
                .distinct()
                .toList();
        String near = searchPath.stream()
                .flatMap(place -> NearestName.of(place, places).stream())
                .map(place -> "; did you mean '" + place + "'?")
                .findFirst()
                .orElse("");
        return new QueryException(
                ErrorCode.QUESTION_DECLINED,
                "There is no table to ask about on the search path '" + String.join(", ", searchPath) + "'" + near);
    }

    private static boolean onPath(TableName table, List<String> searchPath) {
        return searchPath.isEmpty()
                || searchPath.stream()
                        .anyMatch(place -> place.equalsIgnoreCase(table.source().value())
                                || place.equalsIgnoreCase(table.source() + "." + table.schema()));
    }

    private static List<SourceId> sources(PlanDocument plan, PlanTables tables) {
        List<SourceId> sources = new ArrayList<>();
        for (PlanNode node : plan.nodes()) {
            if (node instanceof PlanNode.Scan scan) {
                tables.find(scan.table()).ifPresent(t -> sources.add(t.name().source()));
            }
        }
        return sources;
    }
}
