package io.calque.engine.session;

import io.calque.engine.prepare.ParameterCasts;
import io.calque.engine.prepare.PlannedQuery;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Plans a statement once more where a value is given that is none of the type its question mark was taken for: {@code id = ?} takes an
 * INTEGER, and given 30.5 it must find nothing, not what 31 finds. Values that fit, which nearly all do, keep the first plan and its
 * conditions on plain columns. Stateless.
 */
final class WiderParameters {
    private static final int MOST_DIGITS = 38;

    private WiderParameters() {}

    /**
     * The plan to run with these values. Where a wider type has no place, as in LIMIT, or would change the type of a column of the answer, the
     * value is brought to the type that was announced.
     */
    static PlannedQuery plan(
            EngineSession session,
            String sql,
            CatalogSnapshot snapshot,
            PlannedQuery announced,
            List<? extends @Nullable Object> given) {
        if (given.size() != announced.parameters().size()) {
            return announced;
        }
        PlannedQuery widest = announced;
        SortedMap<Integer, String> casts = new TreeMap<>();
        for (int i = 0; i < given.size(); i++) {
            Object value = given.get(i);
            Optional<String> type = value == null
                    ? Optional.empty()
                    : wider(value, announced.parameters().get(i));
            if (type.isPresent()) {
                casts.put(i, type.get());
                Optional<PlannedQuery> wider = planned(session, ParameterCasts.in(sql, casts), snapshot)
                        .filter(plan -> plan.columns().equals(announced.columns()));
                if (wider.isEmpty()) {
                    casts.remove(i);
                }
                widest = wider.orElse(widest);
            }
        }
        return widest;
    }

    private static Optional<PlannedQuery> planned(EngineSession session, String sql, CatalogSnapshot snapshot) {
        try {
            return Optional.of(session.plan(sql, snapshot));
        } catch (QueryException e) {
            return Optional.empty();
        }
    }

    /** The type that a value needs; empty when it is one of {@code type}, or of none that is compared with it. */
    static Optional<String> wider(Object value, DataType type) {
        return switch (type.kind()) {
            case SMALLINT -> number(value).flatMap(n -> wider(n, value, Short.MIN_VALUE, Short.MAX_VALUE));
            case INTEGER -> number(value).flatMap(n -> wider(n, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case BIGINT -> number(value).flatMap(n -> wider(n, value, Long.MIN_VALUE, Long.MAX_VALUE));
            case DECIMAL ->
                number(value)
                        .filter(n ->
                                n.scale() > type.scale() || n.precision() - n.scale() > type.precision() - type.scale())
                        .flatMap(n -> decimal(n, Math.max(n.scale(), type.scale())));
            case DATE ->
                value instanceof LocalDateTime time && !time.toLocalTime().equals(LocalTime.MIDNIGHT)
                        ? Optional.of("TIMESTAMP")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<String> wider(BigDecimal number, Object given, long least, long most) {
        boolean whole = number.scale() <= 0;
        if (whole && isBetween(number, least, most)) {
            return Optional.empty();
        }
        // Up to 32 bits a whole number compares with a double as with its digits, which more sources compare.
        if (most == Long.MAX_VALUE && (given instanceof Double || given instanceof Float)) {
            return Optional.of("DOUBLE");
        }
        return whole && isBetween(number, Long.MIN_VALUE, Long.MAX_VALUE)
                ? Optional.of("BIGINT")
                : decimal(number, Math.max(0, number.scale()));
    }

    private static boolean isBetween(BigDecimal number, long least, long most) {
        return number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    private static Optional<String> decimal(BigDecimal number, int scale) {
        return number.precision() - number.scale() + scale <= MOST_DIGITS
                ? Optional.of("DECIMAL(" + MOST_DIGITS + ", " + scale + ")")
                : Optional.empty();
    }

    private static Optional<BigDecimal> number(Object value) {
        if (!(value instanceof Number) && !(value instanceof String)) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(value.toString().strip());
            return Optional.of(number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
