package io.calque.planner.functions;

import static org.apache.calcite.sql.type.SqlTypeFamily.ANY;
import static org.apache.calcite.sql.type.SqlTypeFamily.CHARACTER;
import static org.apache.calcite.sql.type.SqlTypeFamily.INTEGER;

import io.calque.planner.lowering.EngineFunction;
import io.calque.planner.lowering.RegexFunctions;
import io.calque.planner.lowering.TextFunctions;
import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/** Functions of text. Immutable, thread-safe. */
final class TextOperators {
    private static final SqlReturnTypeInference TEXT = ReturnTypes.VARCHAR_NULLABLE;
    private static final SqlReturnTypeInference NUMBER = ReturnTypes.INTEGER_NULLABLE;
    private static final SqlReturnTypeInference TRUTH = ReturnTypes.BOOLEAN_NULLABLE;

    // Other spellings of standard operators: convertlets replace them, so that sources need not know them.
    static final SqlFunction LENGTH = spelling("LENGTH", NUMBER, Signature.of(CHARACTER));
    static final SqlFunction STRPOS = spelling("STRPOS", NUMBER, Signature.of(CHARACTER, CHARACTER));
    static final SqlFunction SUBSTR = spelling("SUBSTR", TEXT, new Signature(List.of(CHARACTER, INTEGER), 3));
    static final SqlFunction LTRIM = spelling("LTRIM", TEXT, new Signature(List.of(CHARACTER), 2));
    static final SqlFunction RTRIM = spelling("RTRIM", TEXT, new Signature(List.of(CHARACTER), 2));
    static final SqlFunction BTRIM = spelling("BTRIM", TEXT, new Signature(List.of(CHARACTER), 2));
    static final SqlFunction CONCAT = spelling("CONCAT", ReturnTypes.VARCHAR, Signature.variadic(ANY));

    static final EngineFunction CONCAT_WS = EngineFunction.namedNullAware(
            "CONCAT_WS", TextFunctions.class, "joinTexts", TEXT, Signature.variadic(CHARACTER, ANY));

    static final List<SqlOperator> ALL = List.of(
            LENGTH,
            STRPOS,
            SUBSTR,
            LTRIM,
            RTRIM,
            BTRIM,
            CONCAT,
            CONCAT_WS,
            text("INITCAP", "initcap", Signature.of(CHARACTER)),
            text("LEFT", "leftText", Signature.of(CHARACTER, INTEGER)),
            text("RIGHT", "rightText", Signature.of(CHARACTER, INTEGER)),
            text("LPAD", "padLeftWithBlanks", Signature.of(CHARACTER, INTEGER)),
            text("LPAD", "padLeft", Signature.of(CHARACTER, INTEGER, CHARACTER)),
            text("RPAD", "padRightWithBlanks", Signature.of(CHARACTER, INTEGER)),
            text("RPAD", "padRight", Signature.of(CHARACTER, INTEGER, CHARACTER)),
            text("REPEAT", "repeatText", Signature.of(CHARACTER, INTEGER)),
            text("REVERSE", "reverseText", Signature.of(CHARACTER)),
            text("REPLACE", "replaceText", Signature.of(CHARACTER, CHARACTER, CHARACTER)),
            // The parser itself reads TRANSLATE(a, b, c) under this name.
            text("TRANSLATE3", "translateText", Signature.of(CHARACTER, CHARACTER, CHARACTER)),
            text("SPLIT_PART", "splitPart", Signature.of(CHARACTER, CHARACTER, INTEGER)),
            text("CHR", "characterOf", Signature.of(INTEGER)),
            EngineFunction.named("ASCII", TextFunctions.class, "codePointOf", NUMBER, Signature.of(CHARACTER)),
            EngineFunction.named("OCTET_LENGTH", TextFunctions.class, "octetLength", NUMBER, Signature.of(CHARACTER)),
            EngineFunction.named(
                    "STARTS_WITH", TextFunctions.class, "startsWith", TRUTH, Signature.of(CHARACTER, CHARACTER)),
            regex("MD5", "md5", Signature.of(CHARACTER)),
            regex("REGEXP_REPLACE", "replaceRegex", Signature.of(CHARACTER, CHARACTER, CHARACTER)),
            regex("REGEXP_REPLACE", "replaceRegexWith", Signature.of(CHARACTER, CHARACTER, CHARACTER, CHARACTER)),
            EngineFunction.named(
                    "REGEXP_LIKE", RegexFunctions.class, "matchesRegex", TRUTH, Signature.of(CHARACTER, CHARACTER)));

    private TextOperators() {}

    private static SqlFunction spelling(String name, SqlReturnTypeInference returns, Signature signature) {
        return SqlBasicFunction.create(name, returns, signature, SqlFunctionCategory.STRING);
    }

    private static EngineFunction text(String name, String method, Signature signature) {
        return EngineFunction.named(name, TextFunctions.class, method, TEXT, signature);
    }

    private static EngineFunction regex(String name, String method, Signature signature) {
        return EngineFunction.named(name, RegexFunctions.class, method, TEXT, signature);
    }
}
