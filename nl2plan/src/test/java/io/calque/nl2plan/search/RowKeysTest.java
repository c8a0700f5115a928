package io.calque.nl2plan.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.type.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables whose source tells no primary key of them. */
class RowKeysTest {
    private static TableDescriptor table(List<KeyDescriptor> unique) {
        TableDescriptor plain = TableDescriptor.of(
                new TableName(new SourceId("keys"), "public", "lock"),
                TableKind.TABLE,
                List.of(
                        ColumnDescriptor.of("a", DataType.VARCHAR, "text", Nullability.NULLABLE),
                        ColumnDescriptor.of("b", DataType.VARCHAR, "text", Nullability.NULLABLE)));
        return new TableDescriptor(
                plain.name(),
                plain.kind(),
                plain.columns(),
                plain.primaryKey(),
                unique,
                plain.foreignKeys(),
                plain.indexes(),
                plain.nestedIn(),
                plain.statistics(),
                plain.comment(),
                plain.facts());
    }

    @Test
    void takesTheOneUniqueColumnForTheKey() {
        assertThat(RowKeys.of(table(
                        List.of(new KeyDescriptor("ab", List.of("a", "b")), new KeyDescriptor("b", List.of("b"))))))
                .containsExactly("b");
    }

    @Test
    void doesNotTakeSeveralColumnsThatAreUniqueTogether() {
        assertThat(RowKeys.of(table(List.of(new KeyDescriptor("ab", List.of("a", "b"))))))
                .isEmpty();
    }
}
