package io.calque.nl2plan.search;

import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A catalog as it is indexed: every name that a source has, whoever may read it. Stateless. */
final class CatalogText {
    private CatalogText() {}

    private static List<TableDescriptor> tables(CatalogSnapshot catalog) {
        return catalog.sources().stream()
                .flatMap(s -> s.tables().stream())
                .filter(t -> t.kind() != TableKind.SYSTEM_TABLE)
                .toList();
    }

    /** Equal for catalogs that are indexed alike; quicker told than {@link #of}. */
    static String digest(CatalogSnapshot catalog) {
        return Fingerprint.of(() -> tables(catalog).stream()
                .flatMap(t -> Stream.concat(
                        Stream.of(TableText.key(t.name()) + "\u0001" + t.comment()),
                        t.columns().stream().map(c -> c.name() + "\u0001" + c.comment())))
                .iterator());
    }

    /** By {@link TableText#key}. */
    static Map<String, TableText> of(CatalogSnapshot catalog, Thesaurus thesaurus) {
        Map<String, List<NameText>> names = new TreeMap<>();
        Map<String, TableDescriptor> tables = new TreeMap<>();
        Lexicon.ofNames(tables(catalog), thesaurus).names().forEach(name -> {
            String key = TableText.key(name.table().name());
            tables.put(key, name.table());
            names.computeIfAbsent(key, k -> new ArrayList<>()).add(text(name));
        });
        Map<String, TableText> texts = new TreeMap<>();
        names.forEach((key, own) -> {
            TableDescriptor table = tables.get(key);
            if (table != null) {
                texts.put(key, new TableText(table.name(), own));
            }
        });
        return texts;
    }

    private static NameText text(Lexicon.Named name) {
        return new NameText(
                name.column().map(ColumnDescriptor::name).orElse(""),
                name.stems(),
                String.join(" ", name.words()),
                QuestionText.stems(name.column()
                        .map(ColumnDescriptor::comment)
                        .orElse(name.table().comment())));
    }
}
