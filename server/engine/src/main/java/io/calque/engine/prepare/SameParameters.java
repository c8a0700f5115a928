package io.calque.engine.prepare;

import io.calque.spi.type.DataType;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Parameters that always have one value become one parameter, so that what is compared with them is seen to be the same: a view that stands twice
 * in a statement has each of its constants twice. Stateless.
 */
final class SameParameters {
    private SameParameters() {}

    /**
     * @param firsts for each parameter the first one with the same value
     * @param types of the parameters; one of another type stays what it is
     */
    static RelNode in(RelNode plan, List<Integer> firsts, List<DataType> types) {
        if (IntStream.range(0, firsts.size()).allMatch(i -> firsts.get(i) == i)) {
            return plan;
        }
        RexBuilder rex = plan.getCluster().getRexBuilder();
        RexShuttle expressions = new RexShuttle() {
            @Override
            public RexNode visitDynamicParam(RexDynamicParam parameter) {
                int index = parameter.getIndex();
                int first = index < firsts.size() ? firsts.get(index) : index;
                return first == index || !types.get(first).equals(types.get(index))
                        ? parameter
                        : rex.makeDynamicParam(parameter.getType(), first);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                RexNode visited = super.visitSubQuery(subQuery);
                return visited instanceof RexSubQuery same ? same.clone(in(same.rel, firsts, types)) : visited;
            }
        };
        return plan.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode node) {
                return super.visit(node).accept(expressions);
            }
        });
    }
}
