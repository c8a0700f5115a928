package io.calque.app.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${env:NAME}} and {@code ${file:path}} in configuration texts; {@code $${} stands for a literal {@code ${}.
 *
 * @param environment variables by name
 * @param directory what relative paths are relative to
 */
record References(Map<String, String> environment, Path directory) {
    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$\\{)|\\$\\{([^}]*)\\}");

    /** @throws UnresolvedException with the reason, without a position */
    String resolve(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String literal = matcher.group(1);
            String value = literal != null ? literal : value(matcher.group(2));
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(resolved).toString();
    }

    private String value(String reference) {
        if (reference.startsWith("env:")) {
            return variable(reference.substring("env:".length()).trim());
        }
        if (reference.startsWith("file:")) {
            return content(reference.substring("file:".length()).trim());
        }
        throw new UnresolvedException(
                "'${" + reference + "}' is no reference: write ${env:NAME} or ${file:path}, or $${ for a literal ${");
    }

    private String variable(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new UnresolvedException("environment variable " + name + " is not set");
        }
        return value;
    }

    private String content(String path) {
        Path file = directory.resolve(path);
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new UnresolvedException("file " + file + " does not exist");
        } catch (MalformedInputException e) {
            throw new UnresolvedException("file " + file + " is not UTF-8 text");
        } catch (IOException e) {
            throw new UnresolvedException("file " + file + " cannot be read");
        }
    }

    /** A reference that leads nowhere. */
    static final class UnresolvedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnresolvedException(String message) {
            super(message);
        }
    }
}
