package io.calque.driver;

import java.util.regex.Pattern;

/** A name pattern of JDBC's metadata methods: {@code %} any text, {@code _} one character, {@code \} takes the next as it is. */
final class NamePattern {
    private final String text;
    private final Pattern regex;

    private NamePattern(String text, Pattern regex) {
        this.text = text;
        this.regex = regex;
    }

    /**
     * @param text null for any name
     */
    static NamePattern of(String text) {
        return new NamePattern(text, text == null ? null : Pattern.compile(regex(text), Pattern.DOTALL));
    }

    private static String regex(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else {
                boolean escape = c == '\\' && i + 1 < text.length();
                regex.append(Pattern.quote(String.valueOf(escape ? text.charAt(++i) : c)));
            }
        }
        return regex.toString();
    }

    /** Whether it says nothing about the name. */
    boolean isAny() {
        return text == null || text.equals("%");
    }

    /** The one name it matches, or null when it has wildcards or matches any. */
    String exact() {
        if (text == null) {
            return null;
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '_') {
                return null;
            }
            name.append(c == '\\' && i + 1 < text.length() ? text.charAt(++i) : c);
        }
        return name.toString();
    }

    boolean matches(String name) {
        return isAny() || (name != null && regex.matcher(name).matches());
    }
}
