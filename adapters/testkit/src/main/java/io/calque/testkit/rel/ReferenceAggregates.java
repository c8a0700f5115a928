package io.calque.testkit.rel;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** What aggregate functions mean. Stateless. */
final class ReferenceAggregates {
    private ReferenceAggregates() {}

    static @Nullable Object value(AggregateCall call, List<List<@Nullable Object>> group) {
        List<List<@Nullable Object>> rows = call.filterArg < 0
                ? group
                : group.stream()
                        .filter(row -> Boolean.TRUE.equals(row.get(call.filterArg)))
                        .toList();
        if (call.getArgList().isEmpty()) {
            return (long) rows.size();
        }
        if (call.getAggregation().getKind() == SqlKind.LISTAGG) {
            return joined(call, rows);
        }
        if (call.getArgList().size() > 1) {
            throw new IllegalArgumentException("the reference does not know " + call);
        }
        List<Object> values = rows.stream()
                .map(row -> row.get(call.getArgList().get(0)))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        if (call.isDistinct()) {
            Map<@Nullable Object, Object> first = new LinkedHashMap<>();
            values.forEach(value -> first.putIfAbsent(ValueOrder.identity(value), value));
            values = List.copyOf(first.values());
        }
        SqlKind kind = call.getAggregation().getKind();
        if (kind == SqlKind.COUNT) {
            return (long) values.size();
        }
        if (values.isEmpty()) {
            return kind == SqlKind.SUM0 ? sum(List.of(), call.getType()) : null;
        }
        return switch (kind) {
            case SUM, SUM0 -> sum(values, call.getType());
            case AVG -> average(values, call.getType());
            case MIN -> values.stream().min(ValueOrder::compare).orElseThrow();
            case MAX -> values.stream().max(ValueOrder::compare).orElseThrow();
            default -> throw new IllegalArgumentException("the reference does not know " + call);
        };
    }

    private static @Nullable Object joined(AggregateCall call, List<List<@Nullable Object>> rows) {
        String separator = call.getArgList().size() < 2 || rows.isEmpty()
                ? ","
                : String.valueOf(rows.get(0).get(call.getArgList().get(1)));
        List<String> texts = rows.stream()
                .sorted(ValueOrder.rows(call.getCollation().getFieldCollations()))
                .map(row -> row.get(call.getArgList().get(0)))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
        return texts.isEmpty() ? null : String.join(separator, texts);
    }

    private static Object sum(List<Object> values, RelDataType type) {
        if (SqlTypeUtil.isApproximateNumeric(type)) {
            return values.stream().mapToDouble(v -> ((Number) v).doubleValue()).sum();
        }
        return ReferenceExpressions.fitted(total(values), type);
    }

    private static BigDecimal total(List<Object> values) {
        return values.stream().map(v -> ValueOrder.exact((Number) v)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Object average(List<Object> values, RelDataType type) {
        if (SqlTypeUtil.isApproximateNumeric(type)) {
            return values.stream()
                    .mapToDouble(v -> ((Number) v).doubleValue())
                    .average()
                    .orElseThrow();
        }
        if (!SqlTypeUtil.isDecimal(type)) {
            throw new QueryException(ErrorCode.INTERNAL_ERROR, "AVG of exact numbers has type " + type);
        }
        return total(values).divide(BigDecimal.valueOf(values.size()), type.getScale(), RoundingMode.HALF_UP);
    }
}
