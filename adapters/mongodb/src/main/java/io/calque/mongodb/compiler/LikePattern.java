package io.calque.mongodb.compiler;

import java.util.Optional;
import org.bson.BsonRegularExpression;

/**
 * Says a LIKE pattern as a regular expression that PCRE (MongoDB) and Java read the same way. Stateless.
 *
 * <p>{@code 'a_c%'} becomes {@code /^a.c/s}: {@code .} takes a code point, line breaks too under option s; {@code \z} is the
 * very end, where {@code $} would also stand before a final line break. A pattern that begins with text keeps its anchor, so
 * that an index serves it.
 */
final class LikePattern {
    private static final String META = "\\^$.|?*+()[]{}-#&~/";

    private LikePattern() {}

    /**
     * @param escape the character that makes the next one literal; empty for none
     */
    static BsonRegularExpression regex(String pattern, Optional<Character> escape) {
        if (pattern.indexOf('\0') >= 0) {
            throw new Refused("a regular expression holds no NUL character");
        }
        StringBuilder regex = new StringBuilder("^");
        boolean open = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean escaped = escape.isPresent() && c == escape.get();
            if (escaped) {
                if (i + 1 == pattern.length()) {
                    throw new Refused("the LIKE pattern ends in its escape character");
                }
                c = pattern.charAt(++i);
            }
            open = !escaped && c == '%';
            if (open) {
                regex.append(".*");
            } else if (!escaped && c == '_') {
                regex.append('.');
            } else {
                quote(regex, c);
            }
        }
        String text = regex.toString();
        // '%abc%' searches anywhere; '%' alone finds every text.
        String body = open ? text.substring(0, text.length() - ".*".length()) : text + "\\z";
        String trimmed = body.startsWith("^.*") ? body.substring("^.*".length()) : body;
        return new BsonRegularExpression(trimmed, "s");
    }

    /**
     * A pattern that needs no regular expression.
     *
     * @param anywhere whether the text may stand anywhere, and not only at the beginning
     */
    record Plain(String text, boolean anywhere) {}

    /** {@code 'text%'} and {@code '%text%'}; empty for all other patterns. */
    static Optional<Plain> plain(String pattern, Optional<Character> escape) {
        if (!pattern.endsWith("%")
                || escape.filter(e -> pattern.indexOf(e) >= 0).isPresent()) {
            return Optional.empty();
        }
        boolean anywhere = pattern.startsWith("%") && pattern.length() > 1;
        String text = pattern.substring(anywhere ? 1 : 0, pattern.length() - 1);
        return text.indexOf('%') < 0 && text.indexOf('_') < 0
                ? Optional.of(new Plain(text, anywhere))
                : Optional.empty();
    }

    private static void quote(StringBuilder regex, char c) {
        if (META.indexOf(c) >= 0) {
            regex.append('\\');
        }
        regex.append(c);
    }
}
