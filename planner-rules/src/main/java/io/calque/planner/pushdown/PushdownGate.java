package io.calque.planner.pushdown;

import io.calque.planner.cost.CostModel;
import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.ReadCosts;
import io.calque.spi.pushdown.Verdict;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;

/**
 * Decides whether a source takes an operator: the session's switches first, then the source's capabilities. Asked by the rules while
 * planning, and again by EXPLAIN on the final plan. Immutable.
 */
public final class PushdownGate {
    private final Function<SourceId, Capabilities> capabilities;
    private final PushdownSwitches switches;

    public PushdownGate(Function<SourceId, Capabilities> capabilities, PushdownSwitches switches) {
        this.capabilities = capabilities;
        this.switches = switches;
    }

    /**
     * @param node a logical operator whose inputs are fragments of {@code source}
     */
    public Verdict operator(SourceId source, RelNode node) {
        return switched(source, node).and(() -> capabilities.apply(source).operator(node));
    }

    /**
     * @param input a fragment of {@code source}, or for a join condition the join itself
     */
    public Verdict expression(SourceId source, RexNode expression, RelNode input) {
        return capabilities.apply(source).expression(expression, input);
    }

    /** See {@link Capabilities#untriedKeys()}. */
    public int untriedKeys(SourceId source) {
        return capabilities.apply(source).untriedKeys();
    }

    /** See {@link Capabilities#readCosts()}. */
    public ReadCosts readCosts(SourceId source) {
        return capabilities.apply(source).readCosts();
    }

    /** What moving, asking and computing take, by the sources' own figures. */
    public CostModel costs() {
        return new CostModel(this::readCosts);
    }

    /** Whether a cheaper order of joins is looked for. */
    public JoinOrders joinOrders() {
        return switches.joinOrders();
    }

    /** Whether fetches of a source may wait for keys. */
    public boolean binds(SourceId source) {
        return switches.allows(OperatorClass.BIND, source);
    }

    /** Whether a class of work is done at all, at whatever source. */
    public boolean allows(OperatorClass kind) {
        return switches.classes().contains(kind);
    }

    /** Whether what reduces the rows between sources is done wherever it can be, whatever it costs: for tests. */
    public boolean bindsAlways() {
        return switches.bindsAlways();
    }

    /** What happens to rows that meet no key where the keys were not sent. */
    public KeyFiltering keyFiltering() {
        return switches.keyFiltering();
    }

    /** Whether sources are asked for what is between the least and the greatest key. */
    public KeyRanges keyRanges() {
        return switches.keyRanges();
    }

    /** Whether our own operators do the work that stays here. */
    public boolean spills() {
        return switches.localOperators() == LocalOperators.SPILLING;
    }

    /** Whether what several places of a plan read is fetched once. */
    public SharedFetches sharedFetches() {
        return switches.sharedFetches();
    }

    Verdict switched(SourceId source, RelNode node) {
        OperatorClass kind = OperatorClass.of(node);
        return switches.allows(kind, source)
                ? Verdict.yes()
                : Verdict.no("pushdown of " + kind.spelling() + " to " + source + " is switched off");
    }
}
