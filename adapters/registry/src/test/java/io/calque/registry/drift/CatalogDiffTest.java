package io.calque.registry.drift;

import static io.calque.registry.SampleTables.CRM;
import static io.calque.registry.SampleTables.CUSTOMERS;
import static io.calque.registry.SampleTables.customers;
import static io.calque.registry.SampleTables.orders;
import static io.calque.registry.SampleTables.statistics;
import static org.assertj.core.api.Assertions.assertThat;

import io.calque.registry.TableEdit;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.ViewDescriptor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogDiffTest {
    private static CatalogSnapshot snapshot(String product, TableDescriptor... tables) {
        SourceSnapshot source =
                new SourceSnapshot(CRM, "postgresql", product, List.of(tables), Optional.empty(), Optional.empty());
        return new CatalogSnapshot(1, Instant.EPOCH, List.of(source), List.of());
    }

    private static CatalogSnapshot views(ViewDescriptor... views) {
        return new CatalogSnapshot(1, Instant.EPOCH, List.of(), List.of(views));
    }

    private static ViewDescriptor view(String name, String sql) {
        return new ViewDescriptor(name, sql, List.of(), List.of(), "ann", Instant.EPOCH);
    }

    static Stream<Arguments> edits() {
        return Stream.of(
                Arguments.of(
                        TableEdit.KIND, "table_altered", "kind of crm.public.customers changed from 'TABLE' to 'VIEW'"),
                Arguments.of(
                        TableEdit.COMMENT,
                        "table_altered",
                        "comment of crm.public.customers changed from 'people who buy' to 'x'"),
                Arguments.of(
                        TableEdit.FACTS,
                        "table_altered",
                        "facts of crm.public.customers changed from '{oid=16384}' to '{}'"),
                Arguments.of(TableEdit.COLUMN_ADDED, "column_added", "column extra DATE added"),
                Arguments.of(
                        TableEdit.COLUMN_REMOVED, "column_removed", "column address.city DECIMAL(12, 3) ARRAY removed"),
                Arguments.of(TableEdit.COLUMN_RETYPED, "column_retyped", "column id retyped from BIGINT to INTEGER"),
                Arguments.of(
                        TableEdit.COLUMN_NULLABLE,
                        "column_altered",
                        "nullability of column id changed from 'not null' to 'nullable'"),
                Arguments.of(TableEdit.COLUMN_DEFAULT, "column_altered", "default of column id changed from '' to '1'"),
                Arguments.of(TableEdit.PRIMARY_KEY_REMOVED, "key_removed", "primary key [id] removed"),
                Arguments.of(TableEdit.UNIQUE_KEY_REMOVED, "key_removed", "unique key [Näme \"x\", id] removed"),
                Arguments.of(
                        TableEdit.FOREIGN_KEY_REMOVED,
                        "foreign_key_removed",
                        "foreign key [id, address.city] to crm.public.orders [customer_id, city] removed"),
                Arguments.of(TableEdit.INDEX_REMOVED, "index_removed", "index ix removed"));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void namesTheOneThingThatChanged(TableEdit edit, String kind, String description) {
        List<CatalogChange> changes =
                CatalogDiff.between(snapshot("p", customers()), snapshot("p", edit.apply(customers())));

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(kind);
            assertThat(change.description()).isEqualTo(description);
            assertThat(change.table()).contains(CUSTOMERS);
        });
    }

    @ParameterizedTest
    @MethodSource("edits")
    void theWayBackIsNamedToo(TableEdit edit, String kind, String description) {
        List<CatalogChange> changes =
                CatalogDiff.between(snapshot("p", edit.apply(customers())), snapshot("p", customers()));

        assertThat(changes)
                .singleElement()
                .satisfies(change -> assertThat(change.kind())
                        .isEqualTo(
                                kind.endsWith("_removed")
                                        ? kind.replace("_removed", "_added")
                                        : kind.replace("_added", "_removed")));
    }

    @Test
    void removalsAndNewTypesBreakQueries() {
        CatalogSnapshot before = snapshot("p", customers(), orders());
        assertThat(CatalogDiff.between(before, snapshot("p", TableEdit.COLUMN_RETYPED.apply(customers()))))
                .extracting(CatalogChange::impact)
                .containsExactly(Impact.BREAKING, Impact.BREAKING);
        assertThat(CatalogDiff.between(snapshot("p", customers()), before))
                .extracting(CatalogChange::impact)
                .containsExactly(Impact.COMPATIBLE);
    }

    @Test
    void anotherOrderOfColumnsIsAChange() {
        List<ColumnDescriptor> reversed = new ArrayList<>(orders().columns());
        Collections.reverse(reversed);
        TableDescriptor after = TableDescriptor.of(orders().name(), TableKind.TABLE, reversed);

        assertThat(CatalogDiff.between(snapshot("p", orders()), snapshot("p", after)))
                .extracting(CatalogChange::description)
                .containsExactly(
                        "column order of crm.public.orders changed from '[id, customer_id]' to '[customer_id, id]'");
    }

    @Test
    void onlyAMarkedShiftOfTheRowCountIsAChange() {
        CatalogSnapshot before = snapshot("p", customers().withStatistics(statistics(1000)));
        assertThat(CatalogDiff.between(before, snapshot("p", customers().withStatistics(statistics(1050)))))
                .isEmpty();
        assertThat(CatalogDiff.between(before, snapshot("p", customers().withStatistics(statistics(0)))))
                .extracting(CatalogChange::description)
                .containsExactly("rows went from 1000 to 0");
        assertThat(CatalogDiff.between(before, snapshot("p", orders().withStatistics(statistics(1)))))
                .extracting(CatalogChange::kind)
                .containsExactly("table_removed", "table_added");
    }

    @Test
    void sourcesComeAndGoWithTheirTables() {
        CatalogSnapshot none = views();
        assertThat(CatalogDiff.between(none, snapshot("p", orders())))
                .extracting(CatalogChange::kind)
                .containsExactly("source_added", "table_added");
        assertThat(CatalogDiff.between(snapshot("p", orders()), none))
                .extracting(CatalogChange::kind)
                .containsExactly("source_removed", "table_removed");
        assertThat(CatalogDiff.between(snapshot("p 1"), snapshot("p 2")))
                .extracting(CatalogChange::description)
                .containsExactly("product changed from 'p 1' to 'p 2'");
    }

    @Test
    void viewsAreComparedWithoutCase() {
        assertThat(CatalogDiff.between(
                        views(view("A", "select 1"), view("b", "x")), views(view("a", "select 2"), view("c", "x"))))
                .extracting(CatalogChange::description)
                .containsExactly("view b dropped", "view a replaced", "view c created");
    }

    @Test
    void equalSnapshotsDoNotDiffer() {
        assertThat(CatalogDiff.between(snapshot("p", customers(), orders()), snapshot("p", customers(), orders())))
                .isEmpty();
    }
}
