package io.calque.planner.functions;

import java.util.List;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.util.Optionality;

/**
 * Variance and deviation of a sample. The standard operators declare a group's result NOT NULL where the column is; but of one value a sample
 * has no variance, and the result is NULL. Immutable.
 */
final class SampleAggregate extends SqlAggFunction {
    static final List<SqlOperator> ALL = List.of(
            new SampleAggregate("STDDEV", SqlKind.STDDEV_SAMP),
            new SampleAggregate("STDDEV_SAMP", SqlKind.STDDEV_SAMP),
            new SampleAggregate("VARIANCE", SqlKind.VAR_SAMP),
            new SampleAggregate("VAR_SAMP", SqlKind.VAR_SAMP));

    private SampleAggregate(String name, SqlKind kind) {
        super(
                name,
                null,
                kind,
                ReturnTypes.AVG_AGG_FUNCTION.andThen(SqlTypeTransforms.FORCE_NULLABLE),
                null,
                OperandTypes.NUMERIC,
                SqlFunctionCategory.NUMERIC,
                false,
                false,
                Optionality.FORBIDDEN);
    }
}
