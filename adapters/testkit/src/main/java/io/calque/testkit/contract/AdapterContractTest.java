package io.calque.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.pushdown.Capability;
import java.util.List;
import java.util.Optional;
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
    private ContractWorld world;
    private PushdownLedger ledger;

    /** A running, empty database; the suite closes it. */
    protected abstract ContractDatabase database();

    /** The heading of this source in docs/pushdown.md, which the suite then holds to what it saw; empty for a source that is not in it. */
    protected Optional<String> documentedAs() {
        return Optional.empty();
    }

    @BeforeAll
    final void openWorld() {
        ContractDatabase database = database();
        world = ContractWorld.open(database);
        ledger = new PushdownLedger(new Evidence(database.leavesOut()));
    }

    @AfterAll
    final void closeWorld() {
        if (world != null) {
            List<Capability> list = world.source().capabilities().list();
            world.close();
            ledger.publish(getClass().getSimpleName());
            if (!ledger.isEmpty()) {
                assertThat(ledger.evidence().contradictions(list))
                        .as("capabilities and cases")
                        .isEmpty();
                documentedAs().ifPresent(heading -> PushdownDocument.check(heading, list, ledger.evidence()));
            }
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
