package io.calque.planner.functions;

import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/** How calls become row expressions, where the standard way would compute something else. Immutable, thread-safe. */
public final class CalqueConvertlets implements SqlRexConvertletTable {
    public static final SqlRexConvertletTable TABLE = new CalqueConvertlets();

    /** Windowed forms that the standard table spells out as sums of squares, which lose all digits of large, close numbers. */
    private static final Set<SqlKind> KEPT_WHOLE =
            Set.of(SqlKind.STDDEV_POP, SqlKind.STDDEV_SAMP, SqlKind.VAR_POP, SqlKind.VAR_SAMP);

    private CalqueConvertlets() {}

    @Override
    public @Nullable SqlRexConvertlet get(SqlCall call) {
        if (KEPT_WHOLE.contains(call.getOperator().getKind())) {
            return StandardConvertletTable.INSTANCE::convertCall;
        }
        return StandardConvertletTable.INSTANCE.get(call);
    }
}
