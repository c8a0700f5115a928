package io.calque.nl2plan.translate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/** Scalar expressions of a document as text: which columns they name, and whether they are of the kind that is allowed. Stateless. */
public final class Expressions {
    static final SqlParser.Config PARSER = SqlParser.config()
            .withParserFactory(SqlBabelParserImpl.FACTORY)
            .withConformance(SqlConformanceEnum.BABEL)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withQuotedCasing(Casing.UNCHANGED)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withIdentifierMaxLength(1024);

    private Expressions() {}

    /**
     * A column named in an expression.
     *
     * @param start offset of its first character
     * @param end offset after its last
     */
    public record Named(String name, int start, int end) {}

    /**
     * The columns an expression names, in the text's order.
     *
     * @throws IllegalArgumentException saying why the text is no scalar expression
     */
    public static List<Named> columns(String expression) {
        SqlNode parsed;
        try {
            parsed = SqlParser.create(expression, PARSER).parseExpression();
        } catch (SqlParseException e) {
            throw new IllegalArgumentException("'" + expression + "' is no expression: " + brief(e.getMessage()), e);
        }
        List<Named> found = new ArrayList<>();
        parsed.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // Calcite's visitors of Void return null
            public Void visit(SqlCall call) {
                if (call.getKind().belongsTo(SqlKind.QUERY) || call.getKind() == SqlKind.OVER) {
                    String what = call.getKind() == SqlKind.OVER ? "a window" : "a query";
                    throw new IllegalArgumentException(
                            "'" + expression + "' holds " + what + ", which needs a node of its own");
                }
                return super.visit(call);
            }

            @Override
            @SuppressWarnings("NullAway")
            public Void visit(SqlIdentifier id) {
                SqlParserPos at = id.getParserPosition();
                if (!id.isStar() && !isSpecial(id)) {
                    found.add(new Named(
                            String.join(".", id.names),
                            offset(expression, at.getLineNum(), at.getColumnNum()),
                            offset(expression, at.getEndLineNum(), at.getEndColumnNum()) + 1));
                }
                return null;
            }
        });
        found.sort(Comparator.comparingInt(Named::start));
        return List.copyOf(found);
    }

    /** The same expression with each column written anew. */
    public static String rewrite(String expression, UnaryOperator<String> columns) {
        List<Named> named = columns(expression);
        StringBuilder text = new StringBuilder(expression);
        for (int i = named.size() - 1; i >= 0; i--) {
            Named column = named.get(i);
            text.replace(column.start(), column.end(), columns.apply(column.name()));
        }
        return text.toString();
    }

    /** CURRENT_DATE and its like parse as names. */
    static boolean isSpecial(SqlIdentifier id) {
        return id.isSimple()
                && id.getSimple()
                        .matches("(?i)current_(date|time|timestamp|user)|local(time|timestamp)|session_user|user");
    }

    private static int offset(String text, int line, int column) {
        int offset = 0;
        for (int i = 1; i < line; i++) {
            offset = text.indexOf('\n', offset) + 1;
        }
        return offset + column - 1;
    }

    static String brief(@org.jspecify.annotations.Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }
}
