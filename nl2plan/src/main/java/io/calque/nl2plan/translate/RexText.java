package io.calque.nl2plan.translate;

import io.calque.nl2plan.plan.SqlNames;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/** Row expressions as the SQL text of a document's expressions. Used for one node. */
final class RexText {
    private static final Set<SqlKind> COMPARISONS = Set.of(
            SqlKind.EQUALS,
            SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN,
            SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.IS_DISTINCT_FROM,
            SqlKind.IS_NOT_DISTINCT_FROM);

    private final RexBuilder builder;
    private final List<String> names;

    /**
     * @param names of the input's columns
     */
    RexText(RexBuilder builder, List<String> names) {
        this.builder = builder;
        this.names = List.copyOf(names);
    }

    /**
     * @throws QueryException NOT_SUPPORTED for what is no scalar expression
     */
    String of(RexNode node) {
        return text(RexUtil.expandSearch(builder, null, node));
    }

    private String text(RexNode node) {
        if (node instanceof RexInputRef ref) {
            return SqlNames.quoted(names.get(ref.getIndex()));
        }
        if (node instanceof RexLiteral literal) {
            return literal(literal, Place.ANYWHERE);
        }
        if (node instanceof RexCall call && !(node instanceof RexOver)) {
            return call(call);
        }
        throw unsupported("'" + node + "' in an expression");
    }

    static QueryException unsupported(String what) {
        return new QueryException(ErrorCode.NOT_SUPPORTED, "A plan document cannot say " + what);
    }

    /** Whether the neighbour gives a literal its type anyway. */
    private enum Place {
        ANYWHERE,
        COMPARED
    }

    private String literal(RexLiteral literal, Place place) {
        RelDataType type = literal.getType();
        if (literal.isNull()) {
            return type.getSqlTypeName() == SqlTypeName.NULL ? "NULL" : "CAST(NULL AS " + type(type) + ")";
        }
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> Boolean.TRUE.equals(literal.getValueAs(Boolean.class)) ? "TRUE" : "FALSE";
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> exact(literal, type, place);
            case FLOAT, REAL, DOUBLE ->
                "CAST(" + approximate(Objects.requireNonNull(literal.getValueAs(Double.class))) + " AS " + type(type)
                        + ")";
            case CHAR, VARCHAR -> SqlNames.literal(Objects.requireNonNull(literal.getValueAs(String.class)));
            case DATE -> "DATE '" + literal.getValueAs(org.apache.calcite.util.DateString.class) + "'";
            case TIME -> "TIME '" + literal.getValueAs(org.apache.calcite.util.TimeString.class) + "'";
            case TIMESTAMP -> "TIMESTAMP '" + literal.getValueAs(org.apache.calcite.util.TimestampString.class) + "'";
            default -> {
                if (type.getFamily() == SqlTypeFamily.INTERVAL_DAY_TIME
                        || type.getFamily() == SqlTypeFamily.INTERVAL_YEAR_MONTH
                        || type.getIntervalQualifier() != null) {
                    yield interval(literal, Objects.requireNonNull(type.getIntervalQualifier()));
                }
                throw unsupported("a literal of type " + type);
            }
        };
    }

    /** With an exponent, for a number without one is read as a decimal. */
    private static String approximate(double value) {
        String text = Double.toString(value);
        return text.contains("E") ? text : text + "E0";
    }

    private static BigDecimal number(RexLiteral literal) {
        return Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
    }

    private static String exact(RexLiteral literal, RelDataType type, Place place) {
        BigDecimal value = number(literal);
        boolean decimal = type.getSqlTypeName() == SqlTypeName.DECIMAL;
        if (decimal && value.scale() < type.getScale()) {
            value = value.setScale(type.getScale());
        }
        String text = value.toPlainString();
        boolean fitsInteger = value.scale() <= 0 && value.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
        boolean natural = decimal ? value.scale() > 0 : fitsInteger == (type.getSqlTypeName() == SqlTypeName.INTEGER);
        return place == Place.COMPARED || natural ? text : "CAST(" + text + " AS " + type(type) + ")";
    }

    private static String interval(RexLiteral literal, SqlIntervalQualifier qualifier) {
        BigDecimal value = number(literal);
        if (qualifier.isYearMonth()) {
            return "INTERVAL '" + value.toPlainString() + "' MONTH";
        }
        BigDecimal[] days = value.divideAndRemainder(BigDecimal.valueOf(86_400_000L));
        if (days[1].signum() == 0) {
            return "INTERVAL '" + days[0].toPlainString() + "' DAY";
        }
        return "INTERVAL '"
                + value.divide(BigDecimal.valueOf(1000)).stripTrailingZeros().toPlainString() + "' SECOND";
    }

    /** As a cast writes it. */
    static String type(RelDataType type) {
        SqlTypeName name = type.getSqlTypeName();
        return switch (name) {
            case DECIMAL -> "DECIMAL(" + type.getPrecision() + ", " + type.getScale() + ")";
            case CHAR -> "VARCHAR";
            case VARCHAR, VARBINARY ->
                type.getPrecision() <= 0 || type.getPrecision() >= 65_536
                        ? name.getName()
                        : name.getName() + "(" + type.getPrecision() + ")";
            case TIMESTAMP, TIME -> name.getName() + "(" + Math.max(0, type.getPrecision()) + ")";
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "TIMESTAMP(3) WITH LOCAL TIME ZONE";
            case ARRAY -> type(Objects.requireNonNull(type.getComponentType())) + " ARRAY";
            case ROW, MAP, MULTISET, ANY, SYMBOL, NULL -> throw unsupported("a cast to " + type);
            default -> type.getIntervalQualifier() == null ? name.getName() : "INTERVAL " + type.getIntervalQualifier();
        };
    }

    private String call(RexCall call) {
        List<RexNode> operands = call.getOperands();
        String name = call.getOperator().getName();
        boolean compares = COMPARISONS.contains(call.getKind());
        List<String> texts = new ArrayList<>();
        for (RexNode operand : operands) {
            boolean flag = operand.getType().getSqlTypeName() == SqlTypeName.SYMBOL;
            texts.add(
                    flag
                            ? flag((RexLiteral) operand)
                            : compares && operand instanceof RexLiteral literal
                                    ? literal(literal, Place.COMPARED)
                                    : text(operand));
        }
        return switch (call.getKind()) {
            case CAST -> "CAST(" + texts.get(0) + " AS " + type(call.getType()) + ")";
            case SAFE_CAST -> "SAFE_CAST(" + texts.get(0) + " AS " + type(call.getType()) + ")";
            case CASE -> cases(texts);
            case AND, OR -> "(" + String.join(" " + name + " ", texts) + ")";
            case NOT -> "(NOT " + texts.get(0) + ")";
            case MINUS_PREFIX -> "(- " + texts.get(0) + ")";
            case LIKE -> like(name, texts);
            case EXTRACT -> "EXTRACT(" + texts.get(0) + " FROM " + texts.get(1) + ")";
            case FLOOR, CEIL ->
                texts.size() == 2
                        ? name + "(" + texts.get(0) + " TO " + texts.get(1) + ")"
                        : name + "(" + texts.get(0) + ")";
            case TRIM -> "TRIM(" + texts.get(0) + " " + texts.get(1) + " FROM " + texts.get(2) + ")";
            case POSITION -> "POSITION(" + texts.get(0) + " IN " + texts.get(1) + ")";
            case ITEM -> texts.get(0) + "[" + texts.get(1) + "]";
            case ARRAY_VALUE_CONSTRUCTOR -> "ARRAY[" + String.join(", ", texts) + "]";
            case REINTERPRET -> texts.get(0);
            case DEFAULT -> throw unsupported("a default");
            default -> other(call, name, texts);
        };
    }

    private String other(RexCall call, String name, List<String> texts) {
        switch (name) {
            case "DAYS_BETWEEN", "MINUS_DATE", "-" -> {
                if (texts.size() == 2) {
                    return "(" + texts.get(0) + " - " + texts.get(1) + ")";
                }
            }
            case "ADD_DAYS", "DATETIME_PLUS", "DATETIME_MINUS" -> {
                String sign = name.equals("DATETIME_MINUS") ? " - " : " + ";
                return "(" + texts.get(0) + sign + texts.get(1) + ")";
            }
            default -> {
                // as its syntax says
            }
        }
        Optional<String> sign = sign(name);
        if (sign.isPresent()) {
            return "(" + texts.get(0) + " " + sign.get() + " " + texts.get(1) + ")";
        }
        SqlSyntax syntax = call.getOperator().getSyntax();
        return switch (syntax) {
            case BINARY -> "(" + String.join(" " + name + " ", texts) + ")";
            case POSTFIX -> "(" + texts.get(0) + " " + name + ")";
            case PREFIX -> "(" + name + " " + texts.get(0) + ")";
            case FUNCTION_ID, FUNCTION_ID_CONSTANT -> texts.isEmpty() ? name : function(name, texts);
            case FUNCTION, FUNCTION_STAR -> function(name, texts);
            case SPECIAL, INTERNAL, ORDERED_FUNCTION -> special(call, name, texts);
        };
    }

    /** Regular expressions are written with PostgreSQL's signs. */
    private static Optional<String> sign(String operator) {
        return switch (operator) {
            case "POSIX REGEX CASE SENSITIVE" -> Optional.of("~");
            case "POSIX REGEX CASE INSENSITIVE" -> Optional.of("~*");
            case "NEGATED POSIX REGEX CASE SENSITIVE" -> Optional.of("!~");
            case "NEGATED POSIX REGEX CASE INSENSITIVE" -> Optional.of("!~*");
            default -> Optional.empty();
        };
    }

    private static String special(RexCall call, String name, List<String> texts) {
        boolean word = name.matches("[A-Za-z_0-9]+");
        if (!word && texts.size() == 2) {
            return "(" + texts.get(0) + " " + name + " " + texts.get(1) + ")";
        }
        if (!word) {
            throw unsupported("'" + call.getOperator() + "'");
        }
        return function(name, texts);
    }

    private static String function(String name, List<String> texts) {
        return name + "(" + String.join(", ", texts) + ")";
    }

    private static String like(String name, List<String> texts) {
        String escape = texts.size() == 3 ? " ESCAPE " + texts.get(2) : "";
        return "(" + texts.get(0) + " " + name + " " + texts.get(1) + escape + ")";
    }

    private static String cases(List<String> texts) {
        StringBuilder text = new StringBuilder("CASE");
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            text.append(" WHEN ").append(texts.get(i)).append(" THEN ").append(texts.get(i + 1));
        }
        return text.append(" ELSE ")
                .append(texts.get(texts.size() - 1))
                .append(" END")
                .toString();
    }

    private static String flag(RexLiteral literal) {
        Object value = Objects.requireNonNull(literal.getValue());
        if (value instanceof TimeUnitRange || value instanceof SqlTrimFunction.Flag) {
            return value.toString();
        }
        return value.toString().toUpperCase(Locale.ROOT);
    }

    /** Several expressions, each in turn. */
    List<String> all(List<RexNode> nodes) {
        return nodes.stream().map(this::of).collect(Collectors.toList());
    }
}
