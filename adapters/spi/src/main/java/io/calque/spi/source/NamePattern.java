package io.calque.spi.source;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Matches {@code schema.table} or a bare {@code table} against a pattern in which {@code *} stands for any text. */
final class NamePattern {
    private NamePattern() {}

    static boolean matches(String pattern, String schema, String table) {
        String glob = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        Pattern compiled = Pattern.compile(glob, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
        return compiled.matcher(schema + "." + table).matches()
                || compiled.matcher(table).matches();
    }
}
