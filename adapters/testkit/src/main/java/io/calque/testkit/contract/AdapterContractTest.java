package io.calque.testkit.contract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract suite: a subclass names its database, and every chapter runs against it.
 *
 * <p>The suite prints, at its end, how many fragments the source took and how many it refused, and for what reasons.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AdapterContractTest
        implements OpeningContract,
                IntrospectionContract,
                ReadingContract,
                StoppingContract,
                PassThroughContract,
                PushdownContract {
    private final PushdownLedger ledger = new PushdownLedger();
    private ContractWorld world;

    /** A running, empty database; the suite closes it. */
    protected abstract ContractDatabase database();

    @BeforeAll
    final void openWorld() {
        world = ContractWorld.open(database());
    }

    @AfterAll
    final void closeWorld() {
        if (world != null) {
            ledger.publish(getClass().getSimpleName());
            world.close();
        }
    }

    @Override
    public final ContractWorld world() {
        return world;
    }

    @Override
    public final PushdownLedger ledger() {
        return ledger;
    }
}
