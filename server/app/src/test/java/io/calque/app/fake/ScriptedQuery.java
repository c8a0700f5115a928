package io.calque.app.fake;

import io.calque.engine.PreparedQuery;
import io.calque.engine.QueryRun;
import io.calque.engine.ResultColumn;
import io.calque.engine.RunOptions;
import io.calque.engine.StatementKind;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A scripted statement, prepared. Thread-safe. */
record ScriptedQuery(ScriptedEngine engine, String sql, ScriptedAnswer answer) implements PreparedQuery {
    @Override
    public StatementKind kind() {
        return answer.kind();
    }

    @Override
    public List<ResultColumn> columns() {
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 0; i < answer.types().size(); i++) {
            columns.add(new ResultColumn(
                    answer.names().get(i), answer.types().get(i), true, Optional.empty(), Optional.empty()));
        }
        return columns;
    }

    @Override
    public List<DataType> parameters() {
        return answer.parameters();
    }

    @Override
    public QueryRun run(List<? extends @Nullable Object> parameters, RunOptions options) {
        if (parameters.size() != answer.parameters().size()) {
            throw new QueryException(
                    ErrorCode.PARAMETER_MISSING,
                    "Expected " + answer.parameters().size() + " parameters");
        }
        engine.parameters.add(parameters);
        return new ScriptedRun(this, parameters, options);
    }
}
