package io.calque.mongodb.compiler;

import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import io.calque.spi.pushdown.FragmentColumns;
import java.util.Locale;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Window;

/**
 * Translates a fragment operator by operator. What it refuses is not pushed, so capabilities and compiler cannot disagree.
 * Stateless.
 */
final class FragmentTranslator {
    private FragmentTranslator() {}

    /**
     * @throws Refused with the reason why the fragment cannot be said exactly
     */
    static Draft draft(RelNode wrapped) {
        Draft draft = translated(wrapped);
        if (UnwindHere.isNeeded(draft) && !UnwindHere.isPossible(draft)) {
            throw new Refused("pipelines cannot name the array of "
                    + draft.origin().table().name().table());
        }
        return draft;
    }

    private static Draft translated(RelNode wrapped) {
        RelNode node = wrapped.stripped();
        if (node instanceof TableScan scan) {
            return ScanCompiler.compile(FragmentColumns.table(scan));
        }
        if (node instanceof Join join) {
            return JoinCompiler.compile(join);
        }
        if (node instanceof Union union) {
            return UnionCompiler.compile(union);
        }
        if (node.getInputs().size() != 1) {
            throw new Refused(unasked(node));
        }
        Draft input = draft(node.getInput(0));
        if (node instanceof Project project) {
            return ProjectCompiler.compile(project, input);
        }
        if (input.whenEmpty() == WhenEmpty.ONE_ROW) {
            throw new Refused(
                    "an aggregate without groups has one row even over nothing, which MongoDB does not compute on");
        }
        if (node instanceof Filter filter) {
            return FilterCompiler.compile(filter, input);
        }
        if (node instanceof Sort sort) {
            return SortCompiler.compile(sort, input);
        }
        if (node instanceof Aggregate aggregate) {
            return AggregateCompiler.compile(aggregate, input);
        }
        if (node instanceof Window window) {
            return WindowCompiler.compile(window, input);
        }
        throw new Refused(unasked(node));
    }

    private static String unasked(RelNode node) {
        return "MongoDB is not asked for "
                + node.getRelTypeName().replaceFirst("^Logical", "").toUpperCase(Locale.ROOT);
    }
}
