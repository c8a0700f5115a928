package io.calque.planner.shared;

import io.calque.planner.pushdown.SharedPart;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/** Leaves shared rows the columns that any of their readers reads. Single-threaded, used once. */
public final class NarrowParts extends RelFieldTrimmer {
    private final Map<Integer, ImmutableBitSet> used = new TreeMap<>();
    private boolean narrowing;

    private NarrowParts(RelNode plan) {
        super(null, RelFactories.LOGICAL_BUILDER.create(plan.getCluster(), null));
    }

    /** The plan with the same columns, over narrower parts. */
    public static RelNode apply(RelNode plan) {
        if (parts(plan).isEmpty()) {
            return plan;
        }
        NarrowParts trimmer = new NarrowParts(plan);
        trimmer.trim(plan);
        trimmer.narrowing = true;
        return trimmer.trim(plan);
    }

    /** Found by its name and first parameter. */
    public TrimResult trimFields(SharedPart part, ImmutableBitSet read, Set<RelDataTypeField> extra) {
        int width = part.getRowType().getFieldCount();
        ImmutableBitSet columns = read;
        for (RelDataTypeField field : extra) {
            columns = columns.set(field.getIndex());
        }
        if (!narrowing) {
            used.merge(part.number(), columns, ImmutableBitSet::union);
            return result(part, Mappings.createIdentity(width));
        }
        ImmutableBitSet all = used.getOrDefault(part.number(), ImmutableBitSet.of());
        ImmutableBitSet kept = all.isEmpty() ? ImmutableBitSet.of(0) : all;
        if (kept.cardinality() == width) {
            return result(part, Mappings.createIdentity(width));
        }
        List<RexInputRef> values = kept.asList().stream()
                .map(column -> RexInputRef.of(column, part.getRowType()))
                .toList();
        List<String> names = kept.asList().stream()
                .map(column -> part.getRowType().getFieldNames().get(column))
                .toList();
        RelNode core = LogicalProject.create(part.core(), List.of(), values, names, Set.of());
        Mapping mapping = Mappings.create(MappingType.INVERSE_SURJECTION, width, kept.cardinality());
        for (int i = 0; i < kept.cardinality(); i++) {
            mapping.set(kept.nth(i), i);
        }
        return result(SharedPart.of(part.number(), core), mapping);
    }

    /** The parts that a plan reads, by number. */
    public static Map<Integer, SharedPart> parts(RelNode plan) {
        Map<Integer, SharedPart> found = new TreeMap<>();
        collect(plan, found);
        return found;
    }

    private static void collect(RelNode node, Map<Integer, SharedPart> found) {
        if (node instanceof SharedPart part) {
            found.put(part.number(), part);
        }
        node.getInputs().forEach(input -> collect(input, found));
    }
}
