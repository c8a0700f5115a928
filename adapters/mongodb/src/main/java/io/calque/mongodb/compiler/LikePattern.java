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

    private static void quote(StringBuilder regex, char c) {
        if (META.indexOf(c) >= 0) {
            regex.append('\\');
        }
        regex.append(c);
    }
}
