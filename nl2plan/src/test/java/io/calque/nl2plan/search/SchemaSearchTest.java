package io.calque.nl2plan.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.nl2plan.ask.Questions;
import io.calque.nl2plan.shop.Shop;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.question.QuestionPlanner;
import io.calque.spi.question.SchemaMatch;
import io.calque.spi.question.SourceNeed;
import io.calque.spi.type.DataType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a question names is found, best first, and quickly in large catalogs. */
class SchemaSearchTest {
    private static final int TABLES = Boolean.getBoolean("calque.full") ? 10_000 : 1_000;
    private static final List<String> WORDS = List.of(
            "customer",
            "order",
            "invoice",
            "payment",
            "ship",
            "price",
            "region",
            "product",
            "stock",
            "claim",
            "policy",
            "agent",
            "branch",
            "ledger",
            "budget",
            "salary",
            "contract",
            "ticket",
            "visit",
            "sensor");

    private final Questions questions = new Questions();

    @Test
    void findsTablesColumnsAndValues() {
        List<SchemaMatch> found = questions.search("Which German authors wrote novels?", Shop.asked());
        assertThat(found)
                .extracting(m -> m.kind() + " " + m.element() + " " + m.words())
                .contains(
                        "value shelf.public.author.country Germany",
                        "value shelf.public.book.genre novel",
                        "table shelf.public.author authors");
    }

    @Test
    void saysWhichSourcesAreNeeded() {
        List<SourceNeed> one = questions.classify("How many members live in Berlin?", Shop.asked());
        assertThat(one.get(0).source()).isEqualTo(new SourceId("desk"));
        assertThat(one.get(0).needed()).isTrue();
        assertThat(one.stream().skip(1)).noneMatch(SourceNeed::needed);
        assertThat(questions.classify("Which books were never loaned?", Shop.asked()))
                .filteredOn(SourceNeed::needed)
                .extracting(n -> n.source().value())
                .containsExactlyInAnyOrder("desk", "shelf");
        assertThat(questions
                        .classify("Predict next year's loans", Shop.asked())
                        .get(0)
                        .source())
                .isEqualTo(new SourceId("desk"));
    }

    @Test
    void readsTheNamesOfADocumentStoreWithoutTheirPrefix() {
        TableName name = new TableName(new SourceId("docs"), "tpch", "supplier");
        List<ColumnDescriptor> columns = List.of("_id", "s_suppkey", "s_name", "s_acctbal").stream()
                .map(c -> ColumnDescriptor.of(c, DataType.VARCHAR, "string", Nullability.NULLABLE))
                .toList();
        TableDescriptor supplier = TableDescriptor.of(name, TableKind.TABLE, columns);
        Lexicon lexicon = new Lexicon(List.of(supplier), Thesaurus.load());

        assertThat(lexicon.words(supplier, columns.get(2))).containsExactly("name");
    }

    @Test
    void readsTheNamesOfSpreadTablesWithoutTheirPrefix() {
        List<TableDescriptor> tables = List.of("sbcustomer", "sbticker", "sbtrade").stream()
                .map(t -> TableDescriptor.of(
                        new TableName(new SourceId("of_" + t), "public", t),
                        TableKind.TABLE,
                        List.of(ColumnDescriptor.of("id", DataType.BIGINT, "bigint", Nullability.NULLABLE))))
                .toList();

        assertThat(new Lexicon(tables, Thesaurus.load()).words(tables.get(2))).containsExactly("trade");
    }

    @Test
    void givesAPromptNoMoreThanItHasRoomFor() {
        SourceId source = new SourceId("wordy");
        List<TableDescriptor> tables = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            tables.add(TableDescriptor.of(
                    new TableName(source, "public", i + "_invoice" + "_of_the_department_for_long_names".repeat(12)),
                    TableKind.TABLE,
                    List.of(ColumnDescriptor.of("id", DataType.BIGINT, "bigint", Nullability.NULLABLE))));
        }
        CatalogSnapshot catalog = new CatalogSnapshot(
                1,
                Instant.EPOCH,
                List.of(new SourceSnapshot(source, "fake", "", tables, Optional.of(Instant.EPOCH), Optional.empty())),
                List.of());
        List<SchemaMatch> found = questions.search(
                "How many invoices?",
                new QuestionPlanner.Asked(catalog, Principal.LOCAL, AccessPolicy.allowAll(), List.of()));

        assertThat(found).isNotEmpty();
        assertThat(found.stream()
                        .mapToInt(m -> m.kind().length()
                                + m.element().length()
                                + m.words().length())
                        .sum())
                .isLessThanOrEqualTo(8_000);
    }

    @Test
    void answersQuicklyOverManyTables(@TempDir Path folder) {
        Random random = new Random(7);
        SourceId source = new SourceId("big");
        List<TableDescriptor> tables = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            List<ColumnDescriptor> columns = new ArrayList<>();
            for (int c = 0; c < 10; c++) {
                columns.add(ColumnDescriptor.of(
                        word(random) + "_" + word(random) + "_" + c, DataType.VARCHAR, "text", Nullability.NULLABLE));
            }
            String name = word(random) + "_" + word(random) + "_" + i;
            tables.add(TableDescriptor.of(new TableName(source, "public", name), TableKind.TABLE, columns));
        }
        CatalogSnapshot catalog = new CatalogSnapshot(
                1,
                Instant.EPOCH,
                List.of(new SourceSnapshot(source, "fake", "", tables, Optional.of(Instant.EPOCH), Optional.empty())),
                List.of());
        CatalogIndex index =
                new CatalogIndex(Optional.of(folder.resolve("search")), VectorTier.off(), Clock.systemUTC());
        SchemaSearch search =
                new SchemaSearch(new Lexicon(tables, Thesaurus.load()), WordList.carriers(), catalog, index);
        String question = "What was the total invoice price per region for customers with an open claim?";
        for (int i = 0; i < 50; i++) {
            search.find(question, 40);
        }
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        int rounds = 50;
        for (int i = 0; i < rounds; i++) {
            assertThat(search.find(question, 40)).isNotEmpty();
        }
        Duration each = Duration.ofNanos((clock.getCurrentThreadCpuTime() - start) / rounds);
        System.out.println("search over " + TABLES + " tables, CPU time: " + each.toNanos() / 1000 + " us");
        assertThat(each).isLessThan(Duration.ofMillis(100));
        index.close();
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
