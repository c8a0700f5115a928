package io.calque.planner.bind;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.pushdown.ReadCosts;
import org.junit.jupiter.api.Test;

class BindCostTest {
    private static final ReadCosts COSTS = new ReadCosts(500, 0.4, 0.15, 2, 0.15);
    private static final double BEFORE = 2_000;

    @Test
    void sendsKeysForManyRows() {
        assertThat(BindCost.gain(COSTS, 100_000, 3, 0, 0.04, 40, BEFORE)).isPositive();
    }

    @Test
    void leavesFewRowsAlone() {
        assertThat(BindCost.gain(COSTS, 1_000, 3, 0, 0.04, 40, BEFORE)).isZero();
    }

    @Test
    void sendsKeysForFewRowsThatAreMadeOfMany() {
        assertThat(BindCost.gain(COSTS, 1_000, 3, 60_000, 0.04, 40, BEFORE)).isPositive();
        assertThat(BindCost.mostKeys(COSTS, 1_000, 3, 60_000, 1_000))
                .isGreaterThan(BindCost.mostKeys(COSTS, 1_000, 3, 0, 1_000));
    }

    @Test
    void sendsNoKeysThatLeaveNearlyAll() {
        assertThat(BindCost.gain(COSTS, 1_000, 3, 60_000, 0.9, 900, BEFORE)).isZero();
    }
}
