package io.calque.nl2plan.draft.meaning;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.RowKeys;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What tells one row of a table from another, to people and to the tables that refer to it. Used for one question. */
public final class RowNames {
    private static final List<List<String>> LABELS = List.of(
            List.of("name"),
            List.of("first", "name"),
            List.of("last", "name"),
            List.of("full", "name"),
            List.of("title"),
            List.of("label"),
            List.of("symbol"),
            List.of("description"),
            List.of("code"));

    private static final List<String> NUMBER = List.of("number");
    /** What many rows share is no part of a name. */
    private static final Set<String> KINDS = Stream.of("type", "kind", "category", "status", "code")
            .map(Stems::of)
            .collect(Collectors.toUnmodifiableSet());
    /** How columns end that hold what only databases call something by. */
    private static final Set<String> CODES = Stream.of("id", "key", "code", "number", "no", "reference")
            .map(Stems::of)
            .collect(Collectors.toUnmodifiableSet());

    private final Lexicon lexicon;
    private final JoinGraph graph;
    private final List<TableDescriptor> tables;

    RowNames(Lexicon lexicon, JoinGraph graph, List<TableDescriptor> tables) {
        this.lexicon = lexicon;
        this.graph = graph;
        this.tables = tables;
    }

    /** The table whose key a column refers to, where the column is not its own table's key. */
    public Optional<TableDescriptor> refersTo(ColumnRef ref) {
        if (key(ref.table()).contains(ref)) {
            return Optional.empty();
        }
        return graph.edges().stream()
                .filter(e -> e.many().equals(ref.table().name())
                        && !e.one().equals(e.many())
                        && e.manyColumns().equals(List.of(ref.column().name())))
                .findFirst()
                .flatMap(e -> tables.stream()
                        .filter(t -> t.name().equals(e.one()))
                        .filter(t -> t.primaryKey()
                                .map(k -> k.columns().equals(e.oneColumns()))
                                .orElse(true))
                        .findFirst());
    }

    /** Whether a column holds what people call something by, whatever else that refers to: "grape", but not "grape_id". */
    public boolean isNatural(ColumnRef ref) {
        List<String> words = lexicon.words(ref.table(), ref.column());
        return ColumnKinds.text(ref.column()) && !words.isEmpty() && !CODES.contains(words.get(words.size() - 1));
    }

    /** The table that a column refers to where it is the only way there from its own table and those that are spoken of. */
    public Optional<TableDescriptor> refersAlone(ColumnRef ref, Set<TableName> spokenOf) {
        return refersTo(ref)
                .filter(to -> graph.edges().stream()
                                .filter(e -> e.one().equals(to.name())
                                        && !e.many().equals(to.name())
                                        && (e.many().equals(ref.table().name()) || spokenOf.contains(e.many())))
                                .count()
                        == 1);
    }

    /** The columns by which a table refers to another; empty where it does not. */
    public List<ColumnRef> reference(TableDescriptor from, TableDescriptor to) {
        return graph.edges().stream()
                .filter(e -> e.many().equals(from.name()) && e.one().equals(to.name()))
                .findFirst()
                .map(e -> e.manyColumns().stream()
                        .flatMap(c -> from.column(c).stream())
                        .map(c -> new ColumnRef(from, c))
                        .toList())
                .orElse(List.of());
    }

    /** Whether rows of one table refer, at once or by way of others, to at most one row of the other. */
    public boolean refers(TableDescriptor from, TableDescriptor to) {
        return graph.connect(new LinkedHashSet<>(List.of(from.name(), to.name())))
                        .isPresent()
                && JoinTree.of(graph, from.name(), Set.of(to.name())).single().contains(to.name());
    }

    public boolean isKey(ColumnRef ref) {
        return key(ref.table()).contains(ref)
                || graph.edges().stream()
                        .anyMatch(e -> e.many().equals(ref.table().name())
                                && e.manyColumns().contains(ref.column().name()));
    }

    /** The columns that name a row to people; the key where none does. */
    public List<ColumnRef> label(TableDescriptor table) {
        List<ColumnRef> label = new ArrayList<>();
        for (List<String> words : LABELS) {
            List<String> stems = words.stream().map(Stems::of).toList();
            for (ColumnDescriptor column : table.columns()) {
                List<String> own = new ArrayList<>(lexicon.words(table, column));
                own.removeAll(lexicon.words(table));
                if (own.equals(stems) && ColumnKinds.text(column)) {
                    label.add(new ColumnRef(table, column));
                }
            }
            if (label.isEmpty() && words.equals(LABELS.get(0))) {
                label.addAll(ofSameName(table));
            }
            boolean half = words.equals(LABELS.get(1));
            if (!label.isEmpty() && !half) {
                return label;
            }
        }
        return label.isEmpty() ? numbered(table) : label;
    }

    /** Campuses are told apart by a column campus. */
    private List<ColumnRef> ofSameName(TableDescriptor table) {
        return table.columns().stream()
                .filter(ColumnKinds::text)
                .filter(c -> lexicon.words(table, c).equals(lexicon.words(table)))
                .map(c -> new ColumnRef(table, c))
                .limit(1)
                .toList();
    }

    /** Rows without a name go by a number, as rooms do, beside where that is counted unless it tells them apart; else by their key. */
    private List<ColumnRef> numbered(TableDescriptor table) {
        List<ColumnRef> texts = table.columns().stream()
                .filter(ColumnKinds::text)
                .map(c -> new ColumnRef(table, c))
                .toList();
        Optional<ColumnRef> number = texts.stream()
                .filter(c -> {
                    List<String> own = new ArrayList<>(lexicon.words(table, c.column()));
                    own.removeAll(lexicon.words(table));
                    return own.equals(NUMBER);
                })
                .findFirst();
        if (number.isEmpty()) {
            return distinguishing(table).map(List::of).orElseGet(() -> key(table));
        }
        boolean unique = table.uniqueKeys().stream()
                .anyMatch(k -> k.columns().equals(List.of(number.get().column().name())));
        boolean kind = lexicon.words(table, texts.get(0).column()).stream().anyMatch(KINDS::contains);
        return unique || kind || texts.get(0).equals(number.get())
                ? List.of(number.get())
                : List.of(texts.get(0), number.get());
    }

    /** A text that is unique and no key: a licence plate, an invoice number. */
    private Optional<ColumnRef> distinguishing(TableDescriptor table) {
        return table.uniqueKeys().stream()
                .filter(k -> k.columns().size() == 1)
                .flatMap(k -> table.column(k.columns().get(0)).stream())
                .filter(ColumnKinds::text)
                .map(c -> new ColumnRef(table, c))
                .filter(c -> !key(table).contains(c))
                .findFirst();
    }

    /** The declared key; where none is, what others refer to the table's rows by. */
    public List<ColumnRef> key(TableDescriptor table) {
        return table.primaryKey()
                .map(k -> k.columns())
                .or(() -> graph.edges().stream()
                        .filter(e -> e.one().equals(table.name()))
                        .map(JoinGraph.Edge::oneColumns)
                        .findFirst())
                .or(() -> Optional.of(RowKeys.of(table)))
                .map(k -> k.stream()
                        .flatMap(c -> table.column(c).stream())
                        .map(c -> new ColumnRef(table, c))
                        .toList())
                .orElse(List.of());
    }
}
