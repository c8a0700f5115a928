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
}
