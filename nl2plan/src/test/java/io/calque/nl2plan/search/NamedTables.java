package io.calque.nl2plan.search;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.question.SchemaMatch;
import io.calque.spi.type.DataType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Catalogs of one source, of whose tables nothing is known but names. */
final class NamedTables {
    private NamedTables() {}

    /**
     * @param tables a name and those of its columns each
     */
    static CatalogSnapshot catalog(String source, long version, List<String> tables) {
        SourceId id = new SourceId(source);
        List<TableDescriptor> descriptors = tables.stream()
                .map(words -> List.of(words.split(" ")))
                .map(words -> TableDescriptor.of(
                        new TableName(id, "public", words.get(0)),
                        TableKind.TABLE,
                        words.subList(1, words.size()).stream()
                                .map(c -> ColumnDescriptor.of(c, DataType.VARCHAR, "text", Nullability.NULLABLE))
                                .toList()))
                .toList();
        return new CatalogSnapshot(
                version,
                Instant.EPOCH,
                List.of(new SourceSnapshot(id, "fake", "", descriptors, Optional.of(Instant.EPOCH), Optional.empty())),
                List.of());
    }

    /** What of the catalog's only source this question finds, as the search gives it. */
    static Stream<SchemaMatch> found(CatalogSnapshot catalog, CatalogIndex index, String question, int most) {
        Lexicon lexicon = new Lexicon(catalog.sources().get(0).tables(), Thesaurus.load());
        return new SchemaSearch(lexicon, WordList.carriers(), catalog, index).find(question, most).stream();
    }
}
