package io.calque.nl2plan.formula;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads arithmetic between phrases.
 *
 * <pre>
 * formula  = term { (+ | -) term }
 * term     = factor { (* | /) factor }
 * factor   = ( formula ) | number | function ( phrase ) | phrase
 * </pre>
 *
 * A sign stands between blanks or brackets, so that "year-end" and "and/or" stay words. In a question a formula stands in braces. Used once.
 */
public final class FormulaText {
    private static final Map<String, String> FUNCTIONS = Map.of(
            "sum", "total ",
            "avg", "average ",
            "average", "average ",
            "count", "number of ",
            "min", "minimum ",
            "max", "maximum ",
            "median", "median ");
    /** What changes no figure but how it is written. */
    private static final Set<String> WRITTEN = Set.of("round", "cast", "coalesce", "nullif", "abs", "float", "decimal");

    private static final List<Words> IN_WORDS = List.of(
            new Words("(?i)\\b(?:the )?(?:ratio|quotient) (?:of|between) (.+?) (?:to|and) (.+)", "($1) / ($2)"),
            new Words("(?i)\\b(?:the )?difference (?:between|of) (.+?) and (.+)", "($1) - ($2)"),
            new Words("(?i)\\s+(?:divided|div) by\\s+", " / "),
            new Words("(?i)\\s+(?:multiplied by|times)\\s+", " * "),
            new Words("(?i)\\s+minus\\s+", " - "),
            new Words("(?i)\\s+plus\\s+", " + "),
            new Words(",?\\s*(?i)(?:expressed |given |shown )?as a percentage\\s*$", " * 100"));

    private record Words(Pattern form, String sign) {
        Words(String form, String sign) {
            this(Pattern.compile(form), sign);
        }
    }

    /** How aggregates are told: as SQL, or in words. */
    private enum Told {
        AS_WRITTEN,
        IN_WORDS
    }

    private final String text;
    private final Told told;
    private int at;

    private FormulaText(String text, Told told) {
        this.text = text;
        this.told = told;
    }

    /** What the text computes; empty where it is no arithmetic between phrases. */
    public static Optional<Arithmetic> read(String text) {
        return new FormulaText(signs(text), Told.IN_WORDS).whole();
    }

    /** The same of SQL, whose aggregates stay as they are written. */
    public static Optional<Arithmetic> readSql(String sql) {
        return new FormulaText(sql.strip(), Told.AS_WRITTEN).whole();
    }

    private Optional<Arithmetic> whole() {
        try {
            Arithmetic formula = formula();
            return at == text.length() && formula instanceof Arithmetic.Two ? Optional.of(formula) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Said in signs where it is said in words. */
    private static String signs(String text) {
        String said = text.replace('{', '(')
                .replace('}', ')')
                .replace('[', '(')
                .replace(']', ')')
                .replace('×', '*');
        for (Words words : IN_WORDS) {
            said = words.form().matcher(said).replaceFirst(words.sign());
        }
        return said.strip();
    }

    private Arithmetic formula() {
        Arithmetic left = term();
        while (sign('+') || sign('-')) {
            char sign = text.charAt(at++);
            left = new Arithmetic.Two(sign, left, term());
        }
        return left;
    }

    private Arithmetic term() {
        Arithmetic left = factor();
        while (sign('*') || sign('/')) {
            char sign = text.charAt(at++);
            left = new Arithmetic.Two(sign, left, factor());
        }
        return left;
    }

    private Arithmetic factor() {
        blanks();
        if (at < text.length() && text.charAt(at) == '(') {
            at++;
            Arithmetic inner = formula();
            blanks();
            if (at >= text.length() || text.charAt(at) != ')') {
                throw new IllegalArgumentException("a bracket does not close: " + text);
            }
            at++;
            blanks();
            return inner;
        }
        StringBuilder words = new StringBuilder();
        while (at < text.length() && text.charAt(at) != ')' && !anySign()) {
            char c = text.charAt(at);
            if (c == '(') {
                bracketed(words);
            } else if (c == '=' || c == '<' || c == '>') {
                throw new IllegalArgumentException("a comparison is no figure: " + text);
            } else {
                words.append(c);
                at++;
            }
        }
        String phrase = words.toString().strip();
        if (phrase.isEmpty()) {
            throw new IllegalArgumentException("a sign without a phrase: " + text);
        }
        return phrase.matches("\\d+(\\.\\d+)?%?")
                ? new Arithmetic.Constant(new BigDecimal(phrase.replace("%", "")))
                : new Arithmetic.Phrase(phrase);
    }

    /** A bracket after words: an aggregate's argument, or an aside. */
    private void bracketed(StringBuilder words) {
        int end = closing();
        String inside = text.substring(at + 1, end);
        int start = at;
        at = end + 1;
        if (told == Told.AS_WRITTEN) {
            words.append(text, start, at);
            return;
        }
        Matcher last = Pattern.compile("(?i)(?:^|\\s)(\\w+)\\s*$").matcher(words);
        String function = last.find() ? last.group(1).toLowerCase(Locale.ROOT) : "";
        String said = FUNCTIONS.get(function);
        if (said != null || WRITTEN.contains(function)) {
            words.setLength(last.start(1));
            words.append(said == null ? "" : said).append(inside.replaceFirst(",\\s*\\d+\\s*$", ""));
        }
    }

    private int closing() {
        int depth = 0;
        for (int i = at; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("a bracket does not close: " + text);
    }

    private boolean anySign() {
        return isSign('+') || isSign('-') || isSign('*') || isSign('/');
    }

    private boolean sign(char sign) {
        blanks();
        return isSign(sign);
    }

    private boolean isSign(char sign) {
        if (at >= text.length() || text.charAt(at) != sign) {
            return false;
        }
        boolean before = at == 0 || apart(text.charAt(at - 1));
        boolean after = at + 1 >= text.length() || apart(text.charAt(at + 1));
        return sign == '-' ? before && after : before || after;
    }

    private static boolean apart(char c) {
        return Character.isWhitespace(c) || c == '(' || c == ')';
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
