package io.calque.nl2plan.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Thesaurus;
import io.calque.nl2plan.shop.Shop;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracesTest {
    private final CatalogSnapshot catalog = Shop.catalog();
    private final List<TableDescriptor> tables = catalog.sources().stream()
            .map(SourceSnapshot::tables)
            .flatMap(List::stream)
            .toList();
    private final Lexicon lexicon = new Lexicon(tables, Thesaurus.load());
    private final Traces ofBooks =
            new Traces(reading("shelf.public.book", "title", "price"), new JoinGraph(catalog, tables, lexicon));

    private static PlanDocument reading(String table, String... columns) {
        List<PlanNode.Column> kept =
                List.of(columns).stream().map(PlanNode.Column::kept).toList();
        return new PlanDocument(
                "", List.of(), Optional.empty(), List.of(new PlanNode.Scan("rows", table, kept)), "rows");
    }

    private Mention named(String word) {
        return new Linked(lexicon.find(List.of(word)), word);
    }

    private static Mention mark(Mark mark) {
        return new Marker(mark, "");
    }

    @Test
    void whatIsReadIsNotLost() {
        assertThat(ofBooks.lost(List.of(named("books"), named("title"), named("price"))))
                .isEmpty();
    }

    @Test
    void columnsAndValuesOfWhatIsReadMustBeReadToo() {
        assertThat(ofBooks.lost(List.of(named("novels"), named("genre")))).containsExactly("novels", "genre");
    }

    @Test
    void tablesThatNothingReadsAreLost() {
        assertThat(ofBooks.lost(List.of(named("books"), mark(Mark.PREPOSITION), named("members"))))
                .containsExactly("members");
    }

    @Test
    void parentsMayBeSaidInPassingButNotAskedFor() {
        assertThat(ofBooks.lost(List.of(named("books"), mark(Mark.PREPOSITION), named("authors"))))
                .isEmpty();
        assertThat(ofBooks.lost(List.of(named("title"), mark(Mark.AND), named("authors"))))
                .containsExactly("authors");
    }
}
