package io.calque.engine.prepare;

import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A statement with question marks in place of the constants that columns are compared with: {@code WHERE id = 7 AND name < 'x'} has the shape
 * {@code WHERE id = ? AND name < ?}. All other constants, as in LIMIT, lists, functions and results, stay, because they can decide types or the
 * plan. Immutable.
 *
 * @param sql the shape
 * @param constants in the order of the question marks
 */
record StatementShape(String sql, List<Constant> constants) {
    private static final int MOST_DIGITS = 18;
    private static final Set<String> BEFORE = Set.of("WHERE", "AND", "OR", "ON", "NOT");
    private static final Set<String> OPERATORS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");
    private static final Set<String> AFTER = Set.of(
            ")",
            ";",
            "AND",
            "OR",
            "GROUP",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "FETCH",
            "HAVING",
            "WINDOW",
            "WHERE",
            "JOIN",
            "LEFT",
            "RIGHT",
            "INNER",
            "FULL",
            "CROSS",
            "NATURAL",
            "UNION",
            "EXCEPT",
            "INTERSECT");
    /** Calls whose meaning is looked up while planning, maybe at some cost. */
    private static final Set<String> ASKED = Set.of("NL", "NL_PLAN", "NL_CONTEXT", "PLAN_OF", "QUERY");

    StatementShape {
        constants = List.copyOf(constants);
    }

    /** For each constant the position of the first one that is the same. */
    List<Integer> firsts() {
        return constants.stream().map(constants::indexOf).toList();
    }

    /** What statements have in common that one plan serves: the shape, and which of its constants are the same. */
    String key() {
        boolean different = constants.stream().distinct().count() == constants.size();
        return different ? sql : sql + " -- " + firsts();
    }

    /**
     * One constant.
     *
     * @param value a BigDecimal or a String
     * @param equality whether it is compared by {@code =}
     */
    record Constant(Object value, boolean equality) {
        /** Whether comparing with a parameter of this type is comparing with the constant itself. */
        boolean is(DataType type) {
            if (value instanceof String) {
                return type.equals(DataType.VARCHAR);
            }
            BigDecimal number = (BigDecimal) value;
            return switch (type.kind()) {
                case SMALLINT -> isWhole(number, Short.MIN_VALUE, Short.MAX_VALUE);
                case INTEGER -> isWhole(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case BIGINT -> isWhole(number, Long.MIN_VALUE, Long.MAX_VALUE);
                case DECIMAL ->
                    number.scale() <= type.scale()
                            && number.precision() - number.scale() <= type.precision() - type.scale();
                default -> false;
            };
        }

        private static boolean isWhole(BigDecimal number, long least, long most) {
            return number.scale() == 0
                    && number.compareTo(BigDecimal.valueOf(least)) >= 0
                    && number.compareTo(BigDecimal.valueOf(most)) <= 0;
        }
    }

    /** Empty for a statement without such constants, with question marks of its own, or that asks others what it means. */
    static Optional<StatementShape> of(String sql) {
        List<SqlToken> tokens = SqlToken.of(sql);
        StringBuilder shape = new StringBuilder();
        List<Constant> constants = new ArrayList<>();
        int copied = 0;
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.is("?") || token.kind() == SqlToken.Kind.WORD && ASKED.contains(token.upper())) {
                return Optional.empty();
            }
            if (!OPERATORS.contains(token.text()) || !followsColumn(tokens, i)) {
                continue;
            }
            boolean negative = i + 1 < tokens.size() && tokens.get(i + 1).is("-");
            int at = negative ? i + 2 : i + 1;
            if (at >= tokens.size() || !endsComparison(tokens, at + 1)) {
                continue;
            }
            Optional<Object> value = value(tokens.get(at), negative);
            if (value.isPresent()) {
                shape.append(sql, copied, tokens.get(i + 1).start()).append('?');
                copied = tokens.get(at).end();
                constants.add(new Constant(value.get(), token.is("=")));
            }
        }
        if (constants.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new StatementShape(shape.append(sql, copied, sql.length()).toString(), constants));
    }

    /** Whether a name stands before the operator, and before it what begins a condition. */
    private static boolean followsColumn(List<SqlToken> tokens, int operator) {
        int i = operator - 1;
        if (i < 0 || !tokens.get(i).isName()) {
            return false;
        }
        while (i >= 2 && tokens.get(i - 1).is(".") && tokens.get(i - 2).isName()) {
            i -= 2;
        }
        i--;
        while (i >= 0 && tokens.get(i).is("(")) {
            i--;
        }
        return i >= 0
                && tokens.get(i).kind() == SqlToken.Kind.WORD
                && BEFORE.contains(tokens.get(i).upper());
    }

    private static boolean endsComparison(List<SqlToken> tokens, int next) {
        return next >= tokens.size() || AFTER.contains(tokens.get(next).upper());
    }

    private static Optional<Object> value(SqlToken token, boolean negative) {
        if (token.kind() == SqlToken.Kind.NUMBER && token.text().length() <= MOST_DIGITS) {
            BigDecimal number = new BigDecimal(token.text());
            return Optional.of(negative ? number.negate() : number);
        }
        if (token.kind() == SqlToken.Kind.TEXT && !negative) {
            String quoted = token.text();
            return Optional.of(quoted.substring(1, quoted.length() - 1).replace("''", "'"));
        }
        return Optional.empty();
    }
}
