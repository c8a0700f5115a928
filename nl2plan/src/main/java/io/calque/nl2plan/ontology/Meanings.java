package io.calque.nl2plan.ontology;

import io.calque.nl2plan.formula.Arithmetic;
import io.calque.nl2plan.formula.FormulaText;
import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanTables;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.NamedLinks;
import io.calque.nl2plan.translate.Expressions;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import io.calque.spi.ontology.OntologyEntry.Dimension;
import io.calque.spi.ontology.OntologyEntry.Level;
import io.calque.spi.ontology.OntologyEntry.Metric;
import io.calque.spi.ontology.OntologyEntry.Term;
import io.calque.spi.ontology.OntologyEntry.ValueAlias;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An ontology as it holds for one asker over the tables he may read: his role's entries before those for everybody, entries about
 * anything else left out. Immutable, thread-safe.
 */
public final class Meanings {
    private final List<Meaning> meanings = new ArrayList<>();
    private final List<String> unitWords = new ArrayList<>();
    private final ComputedColumns computed;
    private final OntologyNames names;
    private final Lexicon lexicon;
    private final List<TableDescriptor> tables;
    private final List<Dimension> dimensions = new ArrayList<>();
    private final List<Metric> metrics = new ArrayList<>();
    private final JoinGraph graph;
    private NamedLinks links = NamedLinks.NONE;
    private int parts;

    /**
     * Something that a phrase means.
     *
     * @param phrases names and synonyms
     * @param evidence for people: the entry and what it says
     * @param instead what the question is read with in place of the phrase; empty to leave it as it is
     * @param rows the table whose rows it names, where the question may leave the table out
     * @param time the table and the column that times are said of
     * @param aggregate how a figure is asked for: {@code total}
     */
    record Meaning(
            List<String> phrases,
            String evidence,
            Optional<String> instead,
            Optional<TableDescriptor> rows,
            Map<TableName, String> time,
            Optional<String> aggregate) {}

    /**
     * @param roles of the asker
     */
    public Meanings(
            Ontology ontology,
            Set<String> roles,
            PlanTables readable,
            List<TableDescriptor> subjects,
            JoinGraph graph,
            Lexicon lexicon) {
        this.names = new OntologyNames(readable);
        this.computed = new ComputedColumns(names, graph);
        this.lexicon = lexicon;
        this.graph = graph;
        Set<TableName> known = new HashSet<>();
        subjects.forEach(t -> known.add(t.name()));
        Set<String> said = new HashSet<>();
        for (boolean own : new boolean[] {true, false}) {
            for (OntologyEntry entry : ontology.entries()) {
                boolean holds = own
                        ? entry.roles().stream().anyMatch(r -> isOne(ontology, r, roles))
                        : entry.roles().isEmpty();
                String name = entry.kind().equals("value") ? entry.key() : Lexicon.phrase(entry.name());
                if (holds && (own ? said.add(name + "/own") | true : !said.contains(name + "/own"))) {
                    read(entry, known);
                }
            }
        }
        this.tables = subjects.stream().map(computed::with).toList();
    }

    private static boolean isOne(Ontology ontology, String role, Set<String> roles) {
        return roles.stream()
                .anyMatch(r -> r.equalsIgnoreCase(role)
                        || ontology.role(r)
                                .filter(o -> o.name().equalsIgnoreCase(role))
                                .isPresent());
    }

    public boolean isEmpty() {
        return meanings.isEmpty() && unitWords.isEmpty();
    }

    /** The tables with what the ontology computes of them. */
    public List<TableDescriptor> tables() {
        return tables;
    }

    /** The names with what the ontology says of them. */
    public Lexicon lexicon(Map<TableName, String> times) {
        return lexicon.with(links.timed(times));
    }

    public PlanDocument resolved(PlanDocument plan) {
        return computed.resolved(plan);
    }

    /**
     * The plan with each metric node told in others.
     *
     * @throws io.calque.spi.QueryException INVALID_PLAN for a metric or a group that is not known
     */
    public PlanDocument expanded(PlanDocument plan) {
        return new MetricNodes(metrics, dimensions, names, graph).expanded(plan);
    }

    /** A conversation with the levels that it goes down or up to named. */
    public List<String> levelled(List<String> turns) {
        return new LevelTurns(dimensions).said(turns);
    }

    /** Whether a turn only says that it goes a level down or up. */
    public static boolean isLevelTurn(String turn) {
        return LevelTurns.matches(turn);
    }

    /** The question as the planner is to read it. */
    public OntologyReading reading(String question) {
        return new OntologyRewriting(meanings, unitWords, lexicon).read(question);
    }

    /** An entry that does not fit the catalog any more, or this asker, says nothing; the check tells why. */
    private void read(OntologyEntry entry, Set<TableName> known) {
        try {
            if (entry instanceof Term term) {
                term(term, known);
            } else if (entry instanceof Metric metric) {
                metric(metric, known);
            } else if (entry instanceof Dimension dimension) {
                dimension(dimension, known);
            } else if (entry instanceof ValueAlias value) {
                value(value, known);
            } else if (entry instanceof OntologyEntry.Unit unit) {
                unitWords.add(unit.name());
                unitWords.addAll(unit.synonyms());
            }
        } catch (IllegalArgumentException e) {
            // told by the check; a question is answered without it
            return;
        }
    }

    private Optional<TableDescriptor> table(String name, Set<TableName> known) {
        return name.isEmpty() ? Optional.empty() : names.table(name).filter(t -> known.contains(t.name()));
    }

    private void term(Term term, Set<TableName> known) {
        List<String> phrases = phrases(term.name(), term.synonyms());
        if (!term.means().isEmpty()) {
            String instead = FormulaText.read(term.means())
                    .map(formula -> "{" + formula.map(phrase -> phrase) + "}")
                    .orElse(term.means());
            add(phrases, term, term.means(), Optional.of(instead), Optional.empty(), Map.of(), Optional.empty());
            return;
        }
        Optional<TableDescriptor> found = table(term.table(), known);
        if (found.isEmpty()) {
            return;
        }
        TableDescriptor table = found.get();
        Map<TableName, String> time = time(table, term.time());
        if (!term.where().isEmpty()) {
            names.check(table, term.where());
            ColumnDescriptor flag = computed.add(
                    table, term.name(), DataType.VARCHAR, "CASE WHEN " + term.where() + " THEN 'yes' ELSE 'no' END");
            String word = word();
            links = links.and(word, new Link.ToValue(table(table, flag), flag, "yes", 1));
            add(
                    phrases,
                    term,
                    table.name() + " where " + term.where(),
                    Optional.of(word),
                    found,
                    time,
                    Optional.empty());
            return;
        }
        if (!term.column().isEmpty()) {
            Link link = column(table, term.name(), term.column());
            phrases.forEach(phrase -> links = links.and(phrase, link));
            add(
                    phrases,
                    term,
                    table.name() + ": " + term.column(),
                    Optional.empty(),
                    Optional.empty(),
                    time,
                    Optional.empty());
            return;
        }
        if (term.time().isEmpty()
                || !Lexicon.phrase(term.name())
                        .equals(Lexicon.phrase(table.name().table()))) {
            phrases.forEach(phrase -> links = links.and(phrase, new Link.ToTable(table, 1)));
        }
        add(phrases, term, "table " + table.name(), Optional.empty(), Optional.empty(), time, Optional.empty());
    }

    private Link column(TableDescriptor table, String name, String sql) {
        List<Expressions.Named> named = Expressions.columns(sql);
        named.forEach(c -> names.column(table, c.name()));
        boolean plain = named.size() == 1
                && named.get(0).start() == 0
                && named.get(0).end() == sql.strip().length();
        if (plain) {
            OntologyNames.Found found = names.column(table, named.get(0).name());
            return new Link.ToColumn(found.table(), found.column(), 1);
        }
        boolean text = sql.contains("||") || sql.matches("(?is)\\s*(lower|upper|concat|substring|trim|case)\\b.*");
        ColumnDescriptor column = computed.add(table, name, text ? DataType.VARCHAR : DataType.decimal(38, 6), sql);
        return new Link.ToColumn(table(table, column), column, 1);
    }

    private TableDescriptor table(TableDescriptor table, ColumnDescriptor with) {
        TableDescriptor shown = computed.with(table);
        return shown.column(with.name()).isPresent() ? shown : table;
    }

    private void metric(Metric metric, Set<TableName> known) {
        Optional<TableDescriptor> found = table(metric.table(), known);
        if (found.isEmpty()) {
            return;
        }
        TableDescriptor table = found.get();
        List<String> phrases = phrases(metric.name(), metric.synonyms());
        Map<TableName, String> time = metric.time().isEmpty()
                ? computed.borrowedTime(table)
                        .map(c -> Map.of(table.name(), c.name()))
                        .orElse(Map.of())
                : time(table, metric.time());
        Optional<AggregateText> aggregate = AggregateText.of(metric.sql());
        Optional<Arithmetic> several = aggregate.isPresent() ? Optional.empty() : FormulaText.readSql(metric.sql());
        if (several.isPresent()
                && several.get().phrases().stream()
                        .allMatch(p -> AggregateText.of(p).isPresent())) {
            several.get()
                    .phrases()
                    .forEach(p ->
                            names.check(table, AggregateText.of(p).orElseThrow().perRow()));
            String formula = several.get()
                    .map(p -> figure(table, metric.name(), AggregateText.of(p).orElseThrow()));
            add(
                    phrases,
                    metric,
                    metric.sql() + " of " + table.name(),
                    Optional.of("{" + formula + "}"),
                    Optional.empty(),
                    time,
                    Optional.empty());
            metrics.add(metric);
            return;
        }
        String perRow = aggregate.map(AggregateText::perRow).orElse(metric.sql());
        names.check(table, perRow);
        metrics.add(metric);
        ColumnDescriptor column = computed.add(table, metric.name(), DataType.decimal(38, 6), perRow);
        String word = word();
        links = links.and(word, new Link.ToColumn(table(table, column), column, 1));
        add(
                phrases,
                metric,
                metric.sql() + " of " + table.name(),
                Optional.of(word),
                Optional.empty(),
                time,
                aggregate.map(AggregateText::asked));
    }

    /** Its own name stands for its coarsest level. */
    private void dimension(Dimension dimension, Set<TableName> known) {
        dimensions.add(dimension);
        for (int i = 0; i < dimension.levels().size(); i++) {
            Level level = dimension.levels().get(i);
            List<String> phrases = phrases(level.name(), level.synonyms());
            if (i == 0) {
                phrases.addAll(phrases(dimension.name(), dimension.synonyms()));
            }
            level(dimension, level, phrases, known);
        }
    }

    /** One aggregate of a metric that has several, in words for the grammar. */
    private String figure(TableDescriptor table, String name, AggregateText aggregate) {
        ColumnDescriptor column = computed.add(table, name, DataType.decimal(38, 6), aggregate.perRow());
        String word = "part_" + parts++ + "x";
        links = links.and(word, new Link.ToColumn(table(table, column), column, 1));
        return aggregate.asked() + " " + word;
    }

    private void level(Dimension dimension, Level level, List<String> phrases, Set<TableName> known) {
        table(level.table(), known).ifPresent(table -> {
            Link link = column(table, level.name(), level.column());
            phrases.forEach(phrase -> links = links.and(phrase, link));
            add(
                    phrases,
                    dimension,
                    "level '" + level.name() + "': " + level.column() + " of " + table.name(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty());
        });
    }

    private void value(ValueAlias value, Set<TableName> known) {
        table(value.table(), known).ifPresent(table -> {
            OntologyNames.Found found = names.column(table, value.column());
            value.aliases()
                    .forEach(alias -> links =
                            links.and(alias, new Link.ToValue(found.table(), found.column(), value.value(), 1)));
            add(
                    value.aliases(),
                    value,
                    "'" + value.value() + "' of " + table.name() + "."
                            + found.column().name(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty());
        });
    }

    private Map<TableName, String> time(TableDescriptor table, String column) {
        if (column.isEmpty()) {
            return Map.of();
        }
        OntologyNames.Found found = names.column(table, column);
        return Map.of(found.table().name(), found.column().name());
    }

    /** A word that no question has, for the grammar to find the entry by. */
    private String word() {
        return "entry_" + meanings.size() + "x";
    }

    private static List<String> phrases(String name, List<String> synonyms) {
        List<String> phrases = new ArrayList<>(List.of(name));
        phrases.addAll(synonyms);
        return phrases;
    }

    private void add(
            List<String> phrases,
            OntologyEntry entry,
            String says,
            Optional<String> instead,
            Optional<TableDescriptor> rows,
            Map<TableName, String> time,
            Optional<String> aggregate) {
        String roles = entry.roles().isEmpty() ? "" : " for " + String.join(", ", entry.roles());
        meanings.add(new Meaning(
                List.copyOf(phrases),
                entry.kind() + " '" + entry.name() + "'" + roles + ": " + says,
                instead,
                rows,
                time,
                aggregate));
    }

    static Map<String, Meaning> byPhrase(List<Meaning> meanings) {
        Map<String, Meaning> byPhrase = new HashMap<>();
        for (Meaning meaning : meanings) {
            meaning.phrases()
                    .forEach(p -> byPhrase.putIfAbsent(Lexicon.phrase(p).toLowerCase(Locale.ROOT), meaning));
        }
        return byPhrase;
    }
}
