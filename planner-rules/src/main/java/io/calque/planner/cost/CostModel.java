package io.calque.planner.cost;

import io.calque.spi.SourceId;
import io.calque.spi.pushdown.ReadCosts;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/**
 * The one place that says what moving, asking and computing take. What differs between sources is said by their adapters; what the engine
 * itself takes for a row is an estimate near what {@code calque bench operators} shows, and not computed from it. Thread-safe.
 */
public final class CostModel {
    /** A row that a source reads, or takes in or passes on in a join. */
    private static final double AT_SOURCE = 0.05;

    /** A row that an operator here takes in or passes on. */
    private static final double HERE = 0.1;

    /** Two rows that are compared, of a join without an equality. */
    private static final double PAIR = 0.02;

    /** So many bytes of a value are counted in the time of a field. */
    private static final double BYTES_OF_FIELD = 16;

    /** Each byte beyond: copied by the source, the wire, the driver and us. */
    private static final double BYTE = 0.002;

    private final Function<SourceId, ReadCosts> sources;

    public CostModel(Function<SourceId, ReadCosts> sources) {
        this.sources = sources;
    }

    /**
     * A fetch of rows that its source has found.
     *
     * @param bytes of a row, all values together; 0 where that is not known
     */
    public Cost fetch(SourceId source, double rows, int fields, double bytes) {
        ReadCosts costs = sources.apply(source);
        double longValues = Math.max(0, bytes - BYTES_OF_FIELD * fields) * BYTE;
        return new Cost(costs.transfer(rows, fields) + rows * longValues, costs.roundTrip(), 0, 0);
    }

    /** Looking up so many keys. */
    public Cost keys(SourceId source, double keys) {
        return Cost.atSources(keys * sources.apply(source).key());
    }

    /** A source reads so many rows, or has them in a join. */
    public Cost readAtSource(double rows) {
        return Cost.atSources(rows * AT_SOURCE);
    }

    /** A source reads tables, whether their rows travel or not. */
    public Cost scansAtSource(RelNode fragment, RelMetadataQuery mq) {
        Cost cost = fragment.getInputs().isEmpty() ? readAtSource(mq.getRowCount(fragment)) : Cost.NONE;
        for (RelNode input : fragment.getInputs()) {
            cost = cost.plus(scansAtSource(input, mq));
        }
        return cost;
    }

    /** A source joins and groups rows before it sends what comes of them. */
    public static Cost computedAtSource(ReadCosts costs, RelNode fragment, RelMetadataQuery mq) {
        Cost cost = Cost.NONE;
        double read = 0;
        for (RelNode input : fragment.getInputs()) {
            cost = cost.plus(computedAtSource(costs, input, mq));
            read += mq.getRowCount(input);
        }
        if (fragment instanceof Aggregate) {
            return cost.plus(Cost.atSources(read * costs.grouped()));
        }
        double joined = read + mq.getRowCount(fragment);
        return fragment instanceof Join ? cost.plus(Cost.atSources(joined * AT_SOURCE)) : cost;
    }

    /** A join by equality: both sides are hashed, pairs are made. */
    public Cost hashJoin(double left, double right, double made) {
        return Cost.here((left + right + made) * HERE);
    }

    /** A join by other conditions compares every pair. */
    public Cost loopJoin(double left, double right, double made) {
        return Cost.here(left * right * PAIR + made * HERE);
    }

    /** An operator that takes rows in one by one. */
    public Cost rowsHere(double rows) {
        return Cost.here(rows * HERE);
    }

    public ReadCosts of(SourceId source) {
        return sources.apply(source);
    }
}
