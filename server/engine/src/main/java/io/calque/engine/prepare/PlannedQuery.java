package io.calque.engine.prepare;

import io.calque.engine.ResultColumn;
import io.calque.engine.explain.PlanTree;
import io.calque.planner.pushdown.Residual;
import io.calque.spi.TableName;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.type.DataType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.runtime.Bindable;

/**
 * A statement ready to run, any number of times and at once. Immutable.
 *
 * @param columns of the result
 * @param parameters types of the question marks
 * @param order what of its order the answer shows
 * @param tree what was planned, for EXPLAIN
 * @param residuals work that stayed local, with the reason
 * @param fragments what each fetch asks its source, by ordinal
 * @param replayed ordinals of fetches that an operator above reads more than once
 * @param code the compiled plan
 * @param constants objects that the code looks up by name in its data context
 * @param readAs columns whose type is an override, for messages
 * @param hasNativeText whether a text that the user wrote for a source stands in it
 * @param tables what the statement reads, through views too
 * @param keyed what fetches ask that wait for keys, by ordinal; their entry among the fragments is what they ask without
 */
public record PlannedQuery(
        List<ResultColumn> columns,
        List<DataType> parameters,
        ResultOrder order,
        PlanTree tree,
        List<Residual> residuals,
        List<NativeQuery> fragments,
        Set<Integer> replayed,
        Bindable<?> code,
        Map<String, Object> constants,
        List<ReadAs> readAs,
        boolean hasNativeText,
        Set<TableName> tables,
        Map<Integer, KeyedFragment> keyed) {
    public PlannedQuery {
        columns = List.copyOf(columns);
        parameters = List.copyOf(parameters);
        residuals = List.copyOf(residuals);
        fragments = List.copyOf(fragments);
        replayed = Set.copyOf(replayed);
        constants = Map.copyOf(constants);
        readAs = List.copyOf(readAs);
        tables = Set.copyOf(tables);
        keyed = Map.copyOf(keyed);
    }
}
