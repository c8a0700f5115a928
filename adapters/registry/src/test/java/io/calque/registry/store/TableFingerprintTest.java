package io.calque.registry.store;

import static io.calque.registry.SampleTables.customers;
import static io.calque.registry.SampleTables.statistics;
import static org.assertj.core.api.Assertions.assertThat;

import io.calque.registry.SampleTables;
import io.calque.registry.TableEdit;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.type.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableFingerprintTest {
    @ParameterizedTest
    @EnumSource
    void everyPartCounts(TableEdit edit) {
        assertThat(TableFingerprint.of(edit.apply(customers()))).isNotEqualTo(TableFingerprint.of(customers()));
    }

    @Test
    void statisticsDoNotCount() {
        assertThat(TableFingerprint.of(customers().withStatistics(statistics(5))))
                .isEqualTo(TableFingerprint.of(customers()));
    }

    /** Stored with every table: another digest would make all tables of all registries look changed. */
    @Test
    void staysTheSameFromReleaseToRelease() {
        assertThat(TableFingerprint.of(customers())).isEqualTo("d125fc4f8eab9229b7b102883b4e93d8");
    }

    @Test
    void textsDoNotRunIntoEachOther() {
        assertThat(TableFingerprint.of(table("ab", "c"))).isNotEqualTo(TableFingerprint.of(table("a", "bc")));
    }

    private static TableDescriptor table(String name, String nativeType) {
        return TableDescriptor.of(
                SampleTables.ORDERS,
                TableKind.TABLE,
                List.of(ColumnDescriptor.of(name, DataType.BIGINT, nativeType, Nullability.NULLABLE)));
    }
}
