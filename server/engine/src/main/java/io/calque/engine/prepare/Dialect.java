package io.calque.engine.prepare;

import io.calque.planner.functions.CalqueConvertlets;
import io.calque.planner.functions.CalqueOperators;
import io.calque.planner.types.CalqueTypeCoercion;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.pushdown.CalqueTypeFactory;
import java.util.regex.Pattern;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/** How Calque reads SQL: Babel's grammar, names kept as written, NULLs high. Stateless. */
public final class Dialect {
    private static final int MAX_NAME = 1024;
    private static final Pattern DISTINCT_ON =
            Pattern.compile("\\bselect\\s+distinct\\s+on\\s*\\(", Pattern.CASE_INSENSITIVE);

    private static final SqlParser.Config PARSER = SqlParser.config()
            .withParserFactory(SqlBabelParserImpl.FACTORY)
            .withConformance(CalqueConformance.INSTANCE)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withQuotedCasing(Casing.UNCHANGED)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(false)
            .withIdentifierMaxLength(MAX_NAME);

    private static final SqlValidator.Config VALIDATOR = SqlValidator.Config.DEFAULT
            .withConformance(CalqueConformance.INSTANCE)
            .withDefaultNullCollation(NullCollation.HIGH)
            .withTypeCoercionFactory(CalqueTypeCoercion.FACTORY)
            .withIdentifierExpansion(true);

    private static final SqlToRelConverter.Config CONVERTER = SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            // A projection with a correlated subquery is built twice on its input: merged into one below the first
            // time, it would
            // read other columns the second. Merging comes later.
            .withRelBuilderConfigTransform(config -> config.withBloat(-1))
            // A list of literals is a predicate that can be pushed; as a join with VALUES it could not.
            .withInSubQueryThreshold(Integer.MAX_VALUE);

    private Dialect() {}

    /**
     * @throws QueryException SYNTAX_ERROR with its position
     */
    static SqlNode parse(String sql) {
        try {
            SqlNode parsed = SqlParser.create(SqlText.withoutLineBreaksInNames(sql), PARSER)
                    .parseQuery();
            return Rephrasing.of(parsed, sql);
        } catch (SqlParseException e) {
            if (DISTINCT_ON.matcher(sql).find()) {
                throw new QueryException(
                        ErrorCode.NOT_SUPPORTED,
                        "DISTINCT ON is not supported: number the rows with ROW_NUMBER() OVER (PARTITION BY ... ORDER BY ...)"
                                + " in a subquery and keep those with number 1",
                        e);
            }
            throw CalciteErrors.syntax(e);
        }
    }

    /** An expression of our own making. */
    static SqlNode expression(String sql) {
        try {
            return SqlParser.create(sql, PARSER).parseExpression();
        } catch (SqlParseException e) {
            throw new IllegalArgumentException(sql, e);
        }
    }

    public static JavaTypeFactory typeFactory() {
        return new CalqueTypeFactory();
    }

    static SqlOperatorTable operators() {
        return CalqueOperators.table();
    }

    static SqlRexConvertletTable convertlets() {
        return CalqueConvertlets.TABLE;
    }

    static SqlValidator.Config validatorConfig() {
        return VALIDATOR;
    }

    static SqlToRelConverter.Config converterConfig() {
        return CONVERTER;
    }
}
