package io.calque.planner.pushdown;

import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;
import org.jspecify.annotations.Nullable;

/**
 * Asks sources only for the columns that the rest of the plan reads: a join that moved into a source leaves the columns it compared in its
 * rows.
 *
 * <pre>
 * Join(b = c)                                    Join(b = c)
 *   SourceQuery(Join(x = y): a, x, y, b)   to      SourceQuery(Project(a, b, Join(x = y)))
 *   SourceQuery(c)                                 SourceQuery(c)
 * </pre>
 *
 * <p>Must not fire on sorted rows, whose order may be all that is wanted of them. Single-threaded, used once.
 */
public final class TrimFetches extends RelFieldTrimmer {
    private final PushdownGate gate;

    private TrimFetches(PushdownGate gate, RelNode plan) {
        super(null, RelFactories.LOGICAL_BUILDER.create(plan.getCluster(), null));
        this.gate = gate;
    }

    /** The plan with narrower leaves and the same columns. */
    public static RelNode apply(RelNode plan, PushdownGate gate) {
        return new TrimFetches(gate, plan).trim(plan);
    }

    /** Found by its name and first parameter. */
    public TrimResult trimFields(SourceQuery query, ImmutableBitSet used, Set<RelDataTypeField> extra) {
        int width = query.getRowType().getFieldCount();
        ImmutableBitSet kept = used;
        for (RelDataTypeField field : extra) {
            kept = kept.set(field.getIndex());
        }
        kept = kept.isEmpty() ? ImmutableBitSet.of(0) : kept;
        Mapping all = Mappings.createIdentity(width);
        if (kept.cardinality() == width || query.nativeText().isPresent() || isSorted(query.fragment())) {
            return result(query, all);
        }
        List<RexInputRef> columns = kept.asList().stream()
                .map(i -> RexInputRef.of(i, query.getRowType()))
                .toList();
        List<String> names = kept.asList().stream()
                .map(i -> query.getRowType().getFieldNames().get(i))
                .toList();
        RelNode narrowed = LogicalProject.create(query.fragment(), List.of(), columns, names, Set.of());
        if (!gate.operator(query.source(), narrowed).allowed()) {
            return result(query, all);
        }
        Mapping mapping = Mappings.create(MappingType.INVERSE_SURJECTION, width, kept.cardinality());
        for (int i = 0; i < kept.cardinality(); i++) {
            mapping.set(kept.nth(i), i);
        }
        return result(SourceQuery.of(query.source(), narrowed), mapping);
    }

    /** Rows of no columns, as a window over nothing but constants reads, have none to pretend with. */
    @Override
    protected TrimResult dummyProject(int fieldCount, RelNode input, @Nullable RelNode original) {
        if (fieldCount > 0) {
            return super.dummyProject(fieldCount, input, original);
        }
        RelNode empty = LogicalProject.create(input, List.of(), List.of(), List.of(), Set.of());
        return result(empty, Mappings.createIdentity(0));
    }

    private static boolean isSorted(RelNode fragment) {
        return fragment instanceof Sort || fragment instanceof Project project && isSorted(project.getInput());
    }
}
