package io.calque.app.fake;

import io.calque.engine.QueryRun.QueryWarning;
import io.calque.engine.StatementKind;
import io.calque.spi.QueryException;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a scripted statement does.
 *
 * @param names labels of the columns
 * @param rows in the engine's internal form
 * @param generated how many rows to make up instead of {@code rows}; -1 for none, below that the number of repeated rows
 */
public record ScriptedAnswer(
        StatementKind kind,
        List<String> names,
        List<DataType> types,
        List<DataType> parameters,
        List<List<@Nullable Object>> rows,
        long generated,
        boolean blocks,
        boolean echoes,
        List<QueryWarning> warnings,
        Optional<QueryException> end) {
    static final List<DataType> GENERATED =
            List.of(DataType.BIGINT, DataType.VARCHAR, DataType.DOUBLE, DataType.decimal(15, 2), DataType.DATE);

    @SafeVarargs
    public static ScriptedAnswer of(List<DataType> types, List<? extends @Nullable Object>... rows) {
        List<List<@Nullable Object>> copied = new ArrayList<>();
        for (List<? extends @Nullable Object> row : rows) {
            copied.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        return new ScriptedAnswer(
                StatementKind.QUERY,
                names(types),
                types,
                List.of(),
                copied,
                -1,
                false,
                false,
                List.of(),
                Optional.empty());
    }

    static List<String> names(List<DataType> types) {
        return IntStream.range(0, types.size()).mapToObj(i -> "c" + (i + 1)).toList();
    }

    public ScriptedAnswer named(String... labels) {
        return new ScriptedAnswer(
                kind, Arrays.asList(labels), types, parameters, rows, generated, blocks, echoes, warnings, end);
    }

    public ScriptedAnswer warning(String sqlState, String message) {
        return new ScriptedAnswer(
                kind,
                names,
                types,
                parameters,
                rows,
                generated,
                blocks,
                echoes,
                List.of(new QueryWarning(sqlState, message)),
                end);
    }

    public ScriptedAnswer taking(List<DataType> parameterTypes) {
        return new ScriptedAnswer(kind, names, types, parameterTypes, rows, generated, blocks, echoes, warnings, end);
    }

    static ScriptedAnswer generated(long count) {
        return new ScriptedAnswer(
                StatementKind.QUERY,
                List.of("id", "name", "score", "amount", "day"),
                GENERATED,
                List.of(),
                List.of(),
                count,
                false,
                false,
                List.of(),
                Optional.empty());
    }

    /** The first batch again and again: rows that cost nothing to make. */
    ScriptedAnswer repeating() {
        return new ScriptedAnswer(kind, names, types, parameters, rows, -2 - generated, blocks, echoes, warnings, end);
    }

    boolean repeats() {
        return generated <= -2;
    }

    /** How many rows there are, made up ones included. */
    long count() {
        if (repeats()) {
            return -2 - generated;
        }
        return generated >= 0 ? generated : echoes ? 1 : rows.size();
    }

    ScriptedAnswer endingWith(QueryException failure) {
        return new ScriptedAnswer(
                kind, names, types, parameters, rows, generated, blocks, echoes, warnings, Optional.of(failure));
    }

    static ScriptedAnswer echo(List<DataType> types) {
        return new ScriptedAnswer(
                StatementKind.QUERY,
                names(types),
                types,
                types,
                List.of(),
                -1,
                false,
                true,
                List.of(),
                Optional.empty());
    }

    static ScriptedAnswer blocking() {
        return new ScriptedAnswer(
                StatementKind.QUERY,
                List.of("c1"),
                List.of(DataType.BIGINT),
                List.of(),
                List.of(),
                -1,
                true,
                false,
                List.of(),
                Optional.empty());
    }

    static ScriptedAnswer nothing() {
        return new ScriptedAnswer(
                StatementKind.SET,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                -1,
                false,
                false,
                List.of(),
                Optional.empty());
    }

    /** A row that is told from its number alone. */
    static List<@Nullable Object> row(long number) {
        return Arrays.asList(
                number,
                number % 10 == 9 ? null : "name " + number,
                number / 4.0,
                BigDecimal.valueOf(number * 100 + 5, 2),
                number % 20_000);
    }
}
