package io.calque.spi.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.type.DataType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CatalogValuesTest {
    private static final SourceId CRM = new SourceId("crm");
    private static final ColumnDescriptor ID = ColumnDescriptor.of("id", DataType.BIGINT, "int8", Nullability.NOT_NULL);

    private static TableDescriptor table(String name, ColumnDescriptor... columns) {
        return TableDescriptor.of(new TableName(CRM, "public", name), TableKind.TABLE, List.of(columns));
    }

    @Test
    void aSnapshotIsSortedAndFindsTablesByName() {
        SourceSnapshot source = new SourceSnapshot(
                CRM, "fake", "p", List.of(table("b", ID), table("a", ID)), Optional.empty(), Optional.empty());
        CatalogSnapshot snapshot = new CatalogSnapshot(1, Instant.EPOCH, List.of(source), List.of());

        assertThat(snapshot.sources().get(0).tables())
                .extracting(t -> t.name().table())
                .containsExactly("a", "b");
        assertThat(snapshot.table(new TableName(CRM, "public", "b"))).contains(table("b", ID));
        assertThat(snapshot.table(new TableName(CRM, "public", "B"))).isEmpty();
        assertThat(snapshot.source(new SourceId("other"))).isEmpty();
    }

    @Test
    void columnNamesOfATableDifferAtLeastInCase() {
        ColumnDescriptor upper = ColumnDescriptor.of("ID", DataType.BIGINT, "int8", Nullability.NOT_NULL);
        assertThat(table("t", ID, upper).column("ID")).contains(upper);
        assertThatThrownBy(() -> table("t", ID, ID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("crm.public.t");
    }

    @Test
    void keysHaveColumnsAndForeignKeysPairThem() {
        assertThatThrownBy(() -> new KeyDescriptor("k", List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ForeignKeyDescriptor(
                        "f", List.of("a"), new TableName(CRM, "public", "t"), List.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWasNotMeasuredIsUnknown() {
        assertThat(TableStatistics.UNKNOWN.column("id")).isEqualTo(ColumnStatistics.UNKNOWN);
    }

    @Test
    void userTypesAreSortedAndADomainStandsOnAType() {
        UserTypeDescriptor mood = UserTypeDescriptor.enumeration(CRM, "public", "mood", List.of("sad", "ok"));
        UserTypeDescriptor age = UserTypeDescriptor.domain(
                CRM, "public", "age", "integer", Nullability.NOT_NULL, Optional.empty(), List.of("VALUE > 0"));
        SourceSnapshot source =
                new SourceSnapshot(CRM, "fake", "p", List.of(), List.of(mood, age), Optional.empty(), Optional.empty());

        assertThat(source.userTypes()).containsExactly(age, mood);
        assertThatThrownBy(() -> UserTypeDescriptor.range(CRM, "public", "", "date"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void statisticsCanBeKeptWithoutAnyValue() {
        ColumnStatistics measured = new ColumnStatistics(
                OptionalDouble.of(1),
                OptionalDouble.of(0.5),
                Optional.of("a"),
                Optional.of("b"),
                OptionalDouble.of(8),
                List.of(new ColumnStatistics.CommonValue("a", 0.5)),
                List.of("a", "b"),
                List.of("a"));

        assertThat(measured.mostCommonIsAll()).isTrue();
        assertThat(measured.withoutValues())
                .isEqualTo(new ColumnStatistics(
                        OptionalDouble.of(1),
                        OptionalDouble.of(0.5),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalDouble.of(8),
                        List.of(),
                        List.of()));
    }
}
