package io.calque.app.terminal;

import io.calque.app.client.StatementFailedException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people what failed: the message, the SQLSTATE, and the place under the statement's line. */
public final class FailureReport {
    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);
    private static final Pattern POSITION = Pattern.compile("line (\\d{1,6}), column (\\d{1,6})");
    private static final int CONTEXT = 100;

    private final Consumer<String> error;

    /** @param error takes a line for people */
    public FailureReport(Consumer<String> error) {
        this.error = error;
    }

    /** @param sql the statement, exactly as it was sent */
    public void statement(StatementFailedException failure, String sql) {
        LOG.debug("statement failed", failure);
        String message = String.valueOf(failure.getMessage());
        error.accept("error: " + message);
        Matcher matcher = POSITION.matcher(message);
        if (matcher.find()) {
            pointAt(sql, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }
        error.accept("SQLSTATE: " + failure.sqlState());
    }

    public void failure(String message) {
        error.accept("error: " + message);
    }

    public void warning(String message) {
        error.accept("warning: " + message);
    }

    private void pointAt(String sql, int line, int column) {
        String[] lines = sql.split("\n", -1);
        if (line < 1 || line > lines.length || column < 1 || column > lines[line - 1].length() + 1) {
            return;
        }
        String text = lines[line - 1].replace('\t', ' ').replace('\r', ' ');
        int from = Math.max(0, column - 1 - CONTEXT / 2);
        int to = Math.min(text.length(), from + CONTEXT);
        String prefix = lines.length > 1 ? "LINE " + line + ": " : "  ";
        error.accept(prefix + text.substring(from, to));
        error.accept(" ".repeat(prefix.length() + column - 1 - from) + "^");
    }
}
