package io.calque.engine.session;

import io.calque.engine.prepare.SqlText;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The questions that stand in a statement's text. Stateless. */
final class QuestionCalls {
    private static final Pattern CALL =
            Pattern.compile("\\b(?:NL|NL_PLAN)\\s*\\(\\s*'((?:[^']|'')*)'\\s*\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ROWS =
            Pattern.compile("\\bTABLE\\s*\\(\\s*NL\\s*\\(\\s*'((?:[^']|'')*)'\\s*\\)\\s*\\)", Pattern.CASE_INSENSITIVE);

    private QuestionCalls() {}

    /** The statement with each question said in full. */
    static String completed(String sql, UnaryOperator<String> complete) {
        Matcher call = CALL.matcher(sql);
        StringBuilder text = new StringBuilder();
        int done = 0;
        while (call.find()) {
            if (SqlText.isCode(sql, call.start())) {
                String question = call.group(1).replace("''", "'");
                text.append(sql, done, call.start(1))
                        .append(complete.apply(question).replace("'", "''"));
                done = call.end(1);
            }
        }
        return text.append(sql, done, sql.length()).toString();
    }

    /** The statement with the query of each question in its place: what it means now, it means from now on. */
    static String frozen(String sql, UnaryOperator<String> query) {
        Matcher call = ROWS.matcher(sql);
        StringBuilder text = new StringBuilder();
        int done = 0;
        while (call.find()) {
            if (SqlText.isCode(sql, call.start())) {
                String question = call.group(1).replace("''", "'");
                text.append(sql, done, call.start())
                        .append("(")
                        .append(query.apply(question))
                        .append(")");
                done = call.end();
            }
        }
        return text.append(sql, done, sql.length()).toString();
    }
}
