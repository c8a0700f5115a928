package io.calque.benchmarks.fuzz;

import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.Capability.Use;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Capabilities that no plan names, because what a query writes is put in other words before a source is asked: {@code COALESCE} as CASE, an
 * anti-join as an outer join of which rows without a partner are kept, {@code AVG} as a sum and a count. A query has used one when the
 * source got the other words, and the query wrote it where these do not tell. Stateless.
 */
final class Rewritten {
    /**
     * One of them.
     *
     * @param written how a query spells it
     * @param reached what the source is asked for instead, all of it
     */
    private record Words(Use use, Pattern written, List<Use> reached) {}

    private static final Use COALESCE = function("COALESCE");

    private static final List<Words> BY_TEXT = List.of(
            words(function("%"), " % ", function("MOD")),
            words(function("CHARACTER_LENGTH"), "CHARACTER_LENGTH\\(", function("CHAR_LENGTH")),
            words(function("IS DISTINCT FROM"), " IS DISTINCT FROM ", function("="), function("IS NOT TRUE")),
            words(
                    function("IS NOT DISTINCT FROM"),
                    " IS NOT DISTINCT FROM ",
                    function("="),
                    function("IS NULL"),
                    function("AND"),
                    function("OR")),
            words(aggregate("AVG"), "AVG\\((?!DISTINCT)", aggregate("SUM"), aggregate("COUNT"), function("/")),
            words(
                    aggregate("AVG DISTINCT"),
                    "AVG\\(DISTINCT",
                    aggregate("SUM DISTINCT"),
                    aggregate("COUNT DISTINCT"),
                    function("/")));

    private Rewritten() {}

    private static Use function(String name) {
        return new Use(Kind.FUNCTION, name);
    }

    private static Use aggregate(String name) {
        return new Use(Kind.AGGREGATE, name);
    }

    private static Words words(Use use, String written, Use... reached) {
        return new Words(use, Pattern.compile(written), List.of(reached));
    }

    /** Shapes of a fragment that are known to be rewritten, by what a query may have written. */
    static Set<Use> shapes(RelNode fragment) {
        Set<Use> shapes = new TreeSet<>();
        collect(fragment, shapes);
        return shapes;
    }

    private static void collect(RelNode node, Set<Use> shapes) {
        if (node instanceof Filter filter && keepsPartnerless(filter)) {
            shapes.add(new Use(Kind.JOIN, "ANTI"));
        }
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                if (call.getKind() == SqlKind.DIVIDE && SqlTypeUtil.isIntType(call.getType())) {
                    shapes.add(function("/INT"));
                }
                if (call.getKind() == SqlKind.CASE
                        && call.getOperands().get(0) instanceof RexCall test
                        && test.getKind() == SqlKind.IS_NOT_NULL
                        && uncast(call.getOperands().get(1))
                                .equals(uncast(test.getOperands().get(0)))) {
                    shapes.add(COALESCE);
                }
                return super.visitCall(call);
            }
        });
        node.getInputs().forEach(input -> collect(input, shapes));
    }

    private static RexNode uncast(RexNode value) {
        return value.getKind() == SqlKind.CAST
                ? uncast(((RexCall) value).getOperands().get(0))
                : value;
    }

    private static boolean keepsPartnerless(Filter filter) {
        return RelOptUtil.conjunctions(filter.getCondition()).stream()
                .filter(c -> c.getKind() == SqlKind.IS_NULL)
                .map(c -> ((RexCall) c).getOperands().get(0))
                .anyMatch(column -> isOptional(column, filter.getInput().stripped()));
    }

    private static boolean isOptional(RexNode column, RelNode input) {
        if (!(column instanceof RexInputRef ref)) {
            return false;
        }
        if (input instanceof Project project) {
            return isOptional(
                    project.getProjects().get(ref.getIndex()),
                    project.getInput().stripped());
        }
        return input instanceof Join join
                && join.getJoinType() == JoinRelType.LEFT
                && ref.getIndex() >= join.getLeft().getRowType().getFieldCount();
    }

    /** What was asked of a source, and what the query asked for under other names. */
    static Set<Use> settled(String sql, Set<Use> reached) {
        Set<Use> all = new TreeSet<>(reached);
        BY_TEXT.stream()
                .filter(words -> words.written().matcher(sql).find() && reached.containsAll(words.reached()))
                .forEach(words -> all.add(words.use()));
        return all;
    }
}
