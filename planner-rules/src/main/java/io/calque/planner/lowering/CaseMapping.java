package io.calque.planner.lowering;

import java.util.function.IntUnaryOperator;

/**
 * Upper and lower case by Unicode's simple mapping: one code point gives one code point, in no particular language, as PostgreSQL's towupper does. So
 * 'ß' stays 'ß' and lengths never change. Stateless.
 */
final class CaseMapping {
    private CaseMapping() {}

    static String upper(String text) {
        return map(text, Character::toUpperCase);
    }

    static String lower(String text) {
        return map(text, Character::toLowerCase);
    }

    /** The first letter of each run of letters and digits in upper case, the rest in lower case. */
    static String initcap(String text) {
        StringBuilder mapped = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            mapped.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inWord = Character.isLetterOrDigit(c);
        }
        return mapped.toString();
    }

    private static String map(String text, IntUnaryOperator mapping) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (mapping.applyAsInt(c) != c) {
                StringBuilder mapped = new StringBuilder(text.length()).append(text, 0, i);
                text.substring(i).codePoints().map(mapping).forEach(mapped::appendCodePoint);
                return mapped.toString();
            }
            i += Character.charCount(c);
        }
        return text;
    }
}
