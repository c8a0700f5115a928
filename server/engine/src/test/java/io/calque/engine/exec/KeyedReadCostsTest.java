package io.calque.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.planner.physical.KeyColumn;
import io.calque.planner.physical.KeyUse;
import io.calque.planner.pushdown.KeyFiltering;
import io.calque.planner.pushdown.KeyRanges;
import io.calque.spi.SourceId;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.type.DataType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyedReadCostsTest {
    private static final SourceId SOURCE = new SourceId("s");

    /** A query that is only asked for its source. */
    private record Asked() implements NativeQuery {
        @Override
        public SourceId source() {
            return SOURCE;
        }

        @Override
        public String text() {
            return "";
        }

        @Override
        public List<ParameterSlot> slots() {
            return List.of();
        }

        @Override
        public List<Column> columns() {
            return List.of();
        }
    }

    private static KeyUse use(int untriedKeys) {
        return new KeyUse(
                0,
                List.of(new KeyColumn(0, "id", DataType.BIGINT)),
                1_000,
                Long.MAX_VALUE,
                untriedKeys,
                200,
                100_000,
                0.1,
                KeyFiltering.UNSENT,
                KeyRanges.BY_COST,
                Optional.empty());
    }

    private static void sent(KeyedReadCosts costs, KeyUse use, long keys, long nanos) {
        costs.readByKeys(new KeyedReads.Request(new Asked(), Bindings.NONE, KeyedReadCosts.kind(use), keys), nanos);
    }

    @Test
    void knowsIndexedReadsApartFromOthersOfTheColumn() {
        KeyUse indexed = use(Integer.MAX_VALUE);
        KeyUse compared = use(100);
        KeyedReadCosts costs = new KeyedReadCosts();
        costs.readAll(SOURCE, 100_000, 100_000_000L);
        sent(costs, indexed, 200, 2_000_000);
        assertThat(costs.pays(SOURCE, indexed, 5_000)).isTrue();
        // never seen, so that only as many are sent as any server bears
        assertThat(costs.pays(SOURCE, compared, 465)).isFalse();
        sent(costs, compared, 90, 900_000_000L);
        assertThat(costs.pays(SOURCE, compared, 90)).isFalse();
        assertThat(costs.pays(SOURCE, indexed, 5_000)).isTrue();
    }
}
