package io.calque.planner.lowering;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions in Java's syntax, which agrees with PostgreSQL's on what both have; and digests. Stateless. */
public final class RegexFunctions {
    private RegexFunctions() {}

    public static boolean matchesRegex(String text, String regex) {
        return compile(regex, 0).matcher(text).find();
    }

    public static boolean matchesRegexIgnoringCase(String text, String regex) {
        return compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text)
                .find();
    }

    public static String replaceRegex(String text, String regex, String replacement) {
        return replaceRegexWith(text, regex, replacement, "");
    }

    /**
     * @param replacement with {@code \1} to {@code \9} for groups and {@code \&} for the whole match
     * @param flags g: every match, not only the first; i: without case; others are refused
     */
    public static String replaceRegexWith(String text, String regex, String replacement, String flags) {
        int options = 0;
        boolean all = false;
        for (int i = 0; i < flags.length(); i++) {
            switch (flags.charAt(i)) {
                case 'g' -> all = true;
                case 'i' -> options |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
                default ->
                    throw new QueryException(
                            ErrorCode.INVALID_PARAMETER,
                            "REGEXP_REPLACE knows no flag '" + flags.charAt(i) + "'; the flags are g and i");
            }
        }
        Matcher matcher = compile(regex, options).matcher(text);
        StringBuilder replaced = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            replaced.append(text, end, matcher.start());
            expand(replacement, matcher, replaced);
            end = matcher.end();
            if (!all) {
                break;
            }
        }
        return replaced.append(text, end, text.length()).toString();
    }

    private static void expand(String replacement, Matcher matcher, StringBuilder target) {
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c != '\\' || i + 1 == replacement.length()) {
                target.append(c);
                continue;
            }
            char next = replacement.charAt(++i);
            if (next == '&') {
                target.append(matcher.group());
            } else if (next >= '1' && next <= '9') {
                String group = next - '0' <= matcher.groupCount() ? matcher.group(next - '0') : null;
                target.append(group == null ? "" : group);
            } else if (next == '\\') {
                target.append('\\');
            } else {
                target.append('\\').append(next);
            }
        }
    }

    private static Pattern compile(String regex, int options) {
        try {
            return Pattern.compile(regex, options);
        } catch (PatternSyntaxException e) {
            throw new QueryException(
                    ErrorCode.INVALID_PATTERN, "'" + regex + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    /** 32 lower-case hexadecimal digits over the UTF-8 bytes. */
    public static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
