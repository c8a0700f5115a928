package io.calque.registry.drift;

import static io.calque.registry.SampleTables.CRM;
import static org.assertj.core.api.Assertions.assertThat;

import io.calque.registry.drift.CatalogChange.ColumnRenamed;
import io.calque.registry.drift.CatalogChange.StatisticsShifted;
import io.calque.registry.drift.CatalogChange.TableRenamed;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.type.DataType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RenameTest {
    private static ColumnDescriptor column(String name, DataType type) {
        return ColumnDescriptor.of(name, type, type.toString(), Nullability.NULLABLE);
    }

    private static TableDescriptor table(String name, ColumnDescriptor... columns) {
        return TableDescriptor.of(new TableName(CRM, "public", name), TableKind.TABLE, List.of(columns));
    }

    private static TableStatistics measured(double rows, Map<String, ColumnStatistics> columns) {
        return new TableStatistics(OptionalDouble.of(rows), Optional.of(Instant.EPOCH), new TreeMap<>(columns));
    }

    private static ColumnStatistics values(double distinct, String min, String max) {
        return new ColumnStatistics(
                OptionalDouble.of(distinct),
                OptionalDouble.of(0),
                Optional.of(min),
                Optional.of(max),
                OptionalDouble.empty(),
                List.of(),
                List.of());
    }

    private static List<CatalogChange> between(List<TableDescriptor> before, List<TableDescriptor> after) {
        return CatalogDiff.between(source(before), source(after));
    }

    private static SourceSnapshot source(List<TableDescriptor> tables) {
        return new SourceSnapshot(CRM, "postgresql", "p", tables, Optional.empty(), Optional.empty());
    }

    @Test
    void listsARenameBesideTheFactsWithItsEvidence() {
        List<CatalogChange> changes = between(
                List.of(table("t", column("id", DataType.INTEGER), column("email", DataType.VARCHAR))),
                List.of(table("t", column("id", DataType.INTEGER), column("e_mail", DataType.VARCHAR))));

        assertThat(changes)
                .extracting(CatalogChange::kind)
                .containsExactly("column_removed", "column_added", "column_renamed");
        assertThat(changes.get(2).description())
                .startsWith("column e_mail may be the former email (score ")
                .contains("same position", "same type VARCHAR", "similar name");
    }

    @Test
    void neverPairsColumnsOfDifferentTypes() {
        assertThat(between(
                        List.of(table("t", column("id", DataType.INTEGER), column("email", DataType.VARCHAR))),
                        List.of(table("t", column("id", DataType.INTEGER), column("e_mail", DataType.DATE)))))
                .noneMatch(ColumnRenamed.class::isInstance);
    }

    @Test
    void valuesDecideBetweenTwoCandidates() {
        TableDescriptor before = table("t", column("a", DataType.INTEGER), column("b", DataType.INTEGER))
                .withStatistics(measured(10, Map.of("a", values(10, "1", "10"), "b", values(2, "700", "900"))));
        TableDescriptor after = table("t", column("x", DataType.INTEGER), column("y", DataType.INTEGER))
                .withStatistics(measured(10, Map.of("y", values(10, "1", "10"), "x", values(2, "700", "900"))));

        assertThat(between(List.of(before), List.of(after)))
                .filteredOn(ColumnRenamed.class::isInstance)
                .extracting(c -> ((ColumnRenamed) c).former() + " > " + ((ColumnRenamed) c).column())
                .containsExactlyInAnyOrder("a > y", "b > x");
    }

    @Test
    void aTableIsKnownByItsColumnsInAnotherSchemaToo() {
        TableDescriptor old = table("customer", column("id", DataType.INTEGER), column("name", DataType.VARCHAR));
        TableDescriptor moved =
                TableDescriptor.of(new TableName(CRM, "archive", "customer"), TableKind.TABLE, old.columns());

        assertThat(between(List.of(old), List.of(moved)))
                .filteredOn(TableRenamed.class::isInstance)
                .singleElement()
                .satisfies(c -> assertThat(c.description())
                        .startsWith("table crm.archive.customer may be the former crm.public.customer (score "));
        assertThat(between(List.of(old), List.of(table("other", column("x", DataType.DATE)))))
                .noneMatch(TableRenamed.class::isInstance);
    }

    @Test
    void figuresShiftBeyondTheStatedThresholdsOnly() {
        TableDescriptor table = table("t", column("a", DataType.INTEGER));
        TableDescriptor before = table.withStatistics(measured(100, Map.of("a", values(20, "1", "9"))));

        assertThat(between(
                        List.of(before),
                        List.of(table.withStatistics(measured(105, Map.of("a", values(38, "1", "9")))))))
                .isEmpty();
        assertThat(between(
                        List.of(before),
                        List.of(table.withStatistics(measured(100, Map.of("a", values(60, "1", "9")))))))
                .containsExactly(new StatisticsShifted(table.name(), Optional.of("a"), "distinct values", 20, 60));
        assertThat(between(
                        List.of(before),
                        List.of(table.withStatistics(measured(1000, Map.of("a", values(200, "1", "9")))))))
                .extracting(CatalogChange::description)
                .containsExactly("rows went from 100 to 1000");
    }
}
