package io.calque.engine.prepare;

import io.calque.engine.names.NearestName;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells queries from the few other statements that Calque takes. Stateless. */
public final class StatementParser {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_.$]*)";
    private static final Pattern EXPLAIN = Pattern.compile(
            "EXPLAIN\\b(?:\\s+PLAN\\b)?(\\s+ANALYZE\\b)?(?:\\s*\\(([^)]*)\\))?(?:\\s+AS\\s+(\\w+)\\b)?(?:\\s+FOR\\b)?",
            FLAGS);
    private static final Pattern VERIFY = Pattern.compile("VERIFY\\b", FLAGS);
    private static final Pattern FIRST_WORD = Pattern.compile("\\p{L}+(?=\\s)");
    private static final List<String> QUERY_WORDS = List.of("FROM", "SELECT", "TABLE", "VALUES", "WITH");
    private static final List<String> VERBS = Stream.concat(
                    QUERY_WORDS.stream(), Stream.of("EXPLAIN", "FORGET", "RESET", "SET", "SHOW", "TEACH", "VERIFY"))
            .toList();
    private static final Pattern SET = Pattern.compile(
            "SET\\s+(?:SESSION\\s+|LOCAL\\s+)?(TIME\\s+ZONE|" + NAME + ")\\s*(?:=|\\bTO\\b|\\s)\\s*(.+)", FLAGS);
    private static final Pattern RESET = Pattern.compile("RESET\\s+(" + NAME + ")", FLAGS);
    private static final Pattern SHOW = Pattern.compile("SHOW\\s+(TIME\\s+ZONE|" + NAME + ")", FLAGS);
    private static final Pattern CREATE_VIEW = Pattern.compile(
            "CREATE\\s+(OR\\s+REPLACE\\s+)?VIEW\\s+(" + NAME + ")\\s*(?:\\(([^)]*)\\)\\s*)?AS\\b", FLAGS);
    private static final Pattern DROP_VIEW =
            Pattern.compile("DROP\\s+VIEW\\s+(IF\\s+EXISTS\\s+)?(" + NAME + ")", FLAGS);
    private static final String LESSON = "\\s+'((?:[^']|'')+)'(?:\\s+FOR\\s+ROLE\\s+('(?:[^']|'')+'|" + NAME + "))?";
    private static final Pattern TEACH = Pattern.compile("TEACH" + LESSON + "(?:\\s+AS\\b\\s*(.+?))?\\s*;?", FLAGS);
    private static final Pattern FORGET = Pattern.compile("FORGET" + LESSON + "\\s*;?", FLAGS);
    private static final Pattern TEACHES = Pattern.compile("(TEACH|FORGET)\\b.*", FLAGS);
    private static final Pattern TRANSACTION = Pattern.compile(
            "(BEGIN|START\\s+TRANSACTION|COMMIT|ROLLBACK|ABORT|END|DISCARD\\s+ALL|DEALLOCATE\\s+ALL)\\b.*", FLAGS);
    private static final Pattern WRITES = Pattern.compile(
            "(INSERT|UPDATE|DELETE|MERGE|UPSERT|REPLACE|CREATE|ALTER|DROP|TRUNCATE|GRANT|REVOKE|COPY|VACUUM|CALL)\\b.*",
            FLAGS);

    private StatementParser() {}

    /**
     * @throws QueryException SYNTAX_ERROR for an empty or malformed statement, READ_ONLY for one that would write
     */
    public static Statement parse(String text) {
        String sql = DialectText.adapt(text);
        int start = SqlText.firstCodeCharacter(sql);
        if (start == sql.length()) {
            throw new QueryException(ErrorCode.SYNTAX_ERROR, "The statement is empty");
        }
        String body = sql.substring(start).stripTrailing();
        Matcher explain = EXPLAIN.matcher(body);
        if (explain.lookingAt()) {
            String options = Optional.ofNullable(explain.group(2)).orElse("").toUpperCase(Locale.ROOT);
            if (SqlText.firstCodeCharacter(body.substring(explain.end())) == body.length() - explain.end()) {
                throw new QueryException(ErrorCode.SYNTAX_ERROR, "The statement is empty: EXPLAIN needs a query");
            }
            boolean analyze = explain.group(1) != null || options.matches(".*\\bANALYZE\\b(?!\\s*(FALSE|OFF)).*");
            return new Statement.Explain(
                    blankPrefix(sql, start + explain.end()), analyze, format(explain.group(3), options));
        }
        Matcher verify = VERIFY.matcher(body);
        if (verify.lookingAt()) {
            return verify(blankPrefix(sql, start + verify.end()), body.substring(verify.end()));
        }
        Matcher createView = CREATE_VIEW.matcher(body);
        if (createView.lookingAt()) {
            return new Statement.CreateView(
                    unquoted(createView.group(2)),
                    columns(createView.group(3)),
                    createView.group(1) != null,
                    body.substring(createView.end()).strip());
        }
        Optional<Statement> other = other(body);
        if (other.isEmpty()) {
            refuseMisspelledVerb(body);
        }
        return other.orElseGet(() -> new Statement.Query(sql));
    }

    private static Statement verify(String query, String written) {
        String body = written.substring(SqlText.firstCodeCharacter(written)).stripTrailing();
        if (body.isEmpty() || body.equals(";")) {
            throw new QueryException(ErrorCode.SYNTAX_ERROR, "VERIFY takes a query: VERIFY SELECT ...");
        }
        Matcher first = FIRST_WORD.matcher(body);
        boolean statement = VERIFY.matcher(body).lookingAt()
                || EXPLAIN.matcher(body).lookingAt()
                || CREATE_VIEW.matcher(body).lookingAt()
                || other(body).isPresent();
        if (statement) {
            throw new QueryException(
                    ErrorCode.SYNTAX_ERROR,
                    "VERIFY takes a query, not "
                            + (first.lookingAt() ? first.group().toUpperCase(Locale.ROOT) : body));
        }
        refuseMisspelledVerb(body);
        return new Statement.Verify(query);
    }

    /** The grammar's own message would only list what it expected instead. */
    private static void refuseMisspelledVerb(String body) {
        Matcher word = FIRST_WORD.matcher(body);
        if (word.lookingAt() && !QUERY_WORDS.contains(word.group().toUpperCase(Locale.ROOT))) {
            NearestName.to(word.group(), VERBS).ifPresent(near -> {
                throw new QueryException(
                        ErrorCode.SYNTAX_ERROR,
                        "No statement begins with '" + word.group() + "'. Did you mean " + near + "?");
            });
        }
    }

    private static Optional<Statement> other(String body) {
        Matcher dropView = DROP_VIEW.matcher(body);
        if (dropView.matches()) {
            return Optional.of(new Statement.DropView(unquoted(dropView.group(2)), dropView.group(1) != null));
        }
        Matcher set = SET.matcher(body);
        if (set.matches()) {
            return Optional.of(new Statement.SetOption(setting(set.group(1)), value(set.group(2))));
        }
        Matcher reset = RESET.matcher(body);
        if (reset.matches()) {
            String name = setting(reset.group(1));
            return Optional.of(new Statement.Reset(name.equals("all") ? Optional.empty() : Optional.of(name)));
        }
        Matcher show = SHOW.matcher(body);
        if (show.matches()) {
            return Optional.of(new Statement.Show(setting(show.group(1))));
        }
        if (TEACHES.matcher(body).matches()) {
            return Optional.of(lesson(body));
        }
        Matcher transaction = TRANSACTION.matcher(body);
        if (transaction.matches()) {
            return Optional.of(new Statement.Transaction(transaction.group(1).toUpperCase(Locale.ROOT)));
        }
        Matcher writes = WRITES.matcher(body);
        if (writes.matches()) {
            throw new QueryException(
                    ErrorCode.READ_ONLY,
                    writes.group(1).toUpperCase(Locale.ROOT)
                            + " is not allowed: Calque only reads. CREATE VIEW and DROP VIEW are the exceptions");
        }
        return Optional.empty();
    }

    private static Statement lesson(String body) {
        Matcher teach = TEACH.matcher(body);
        if (teach.matches()) {
            return new Statement.Teach(
                    value("'" + teach.group(1) + "'"),
                    role(teach.group(2)),
                    teach.group(3) == null ? "" : teach.group(3).strip());
        }
        Matcher forget = FORGET.matcher(body);
        if (forget.matches()) {
            return new Statement.Forget(value("'" + forget.group(1) + "'"), role(forget.group(2)));
        }
        throw new QueryException(
                ErrorCode.SYNTAX_ERROR,
                "Write TEACH 'question' [FOR ROLE name] [AS SELECT ...], or FORGET 'question' [FOR ROLE name]");
    }

    private static Optional<String> role(@Nullable String written) {
        return Optional.ofNullable(written).map(role -> role.startsWith("'") ? value(role) : unquoted(role));
    }

    private static Statement.Format format(String as, String options) {
        Matcher option = Pattern.compile("FORMAT\\s+(\\w+)").matcher(options);
        String name = as != null ? as.toUpperCase(Locale.ROOT) : option.find() ? option.group(1) : "TEXT";
        return Stream.of(Statement.Format.values())
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new QueryException(
                        ErrorCode.SYNTAX_ERROR,
                        "EXPLAIN has no format '" + name + "': use TEXT, JSON, DOT or MERMAID"));
    }

    private static List<String> columns(String list) {
        return list == null
                ? List.of()
                : Stream.of(list.split(","))
                        .map(String::strip)
                        .map(StatementParser::unquoted)
                        .toList();
    }

    private static String setting(String name) {
        return unquoted(name).toLowerCase(Locale.ROOT).replaceAll("time\\s+zone", "time_zone");
    }

    private static String value(String written) {
        String value = written.strip();
        boolean quoted = value.length() >= 2 && value.startsWith("'") && value.endsWith("'");
        return quoted ? value.substring(1, value.length() - 1).replace("''", "'") : value;
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    private static String blankPrefix(String sql, int length) {
        StringBuilder blanked = new StringBuilder(sql);
        DialectText.blank(blanked, 0, length);
        return blanked.toString();
    }
}
