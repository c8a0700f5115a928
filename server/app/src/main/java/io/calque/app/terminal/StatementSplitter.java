package io.calque.app.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a script at its semicolons, past quotes and comments, as the engine's parser reads them. Immutable.
 *
 * @param statements without their semicolons, never blank, in order
 * @param rest what stands after the last semicolon; blank when only comments do
 * @param open whether {@code rest} ends inside a quote or comment
 */
public record StatementSplitter(List<String> statements, String rest, boolean open) {
    public StatementSplitter {
        statements = List.copyOf(statements);
    }

    public static StatementSplitter split(String script) {
        return new Scanner(script).scan();
    }

    /** All statements of a whole script, the last one also without a semicolon. */
    public List<String> all() {
        if (rest.isBlank()) {
            return statements;
        }
        List<String> all = new ArrayList<>(statements);
        all.add(rest.strip());
        return all;
    }

    /** One pass over the text. */
    private static final class Scanner {
        private final String text;
        private final List<String> statements = new ArrayList<>();
        private int position;
        private int start;
        private boolean meaningful;
        private boolean open;

        Scanner(String text) {
            this.text = text;
        }

        StatementSplitter scan() {
            while (position < text.length()) {
                step();
            }
            String rest = meaningful || open ? text.substring(start) : "";
            return new StatementSplitter(statements, rest, open);
        }

        private void step() {
            char c = text.charAt(position);
            if (c == ';') {
                endStatement();
            } else if (text.startsWith("--", position)) {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end + 1;
            } else if (text.startsWith("/*", position)) {
                skipBlockComment();
            } else if (c == '\'' || c == '"') {
                meaningful = true;
                skipQuoted(c, isEscapeString());
            } else {
                meaningful = meaningful || !Character.isWhitespace(c);
                position++;
            }
        }

        private void endStatement() {
            if (meaningful) {
                statements.add(text.substring(start, position).strip());
            }
            position++;
            start = position;
            meaningful = false;
        }

        /** {@code E'...'}: a backslash there keeps the next quote inside. */
        private boolean isEscapeString() {
            return text.charAt(position) == '\''
                    && position > 0
                    && Character.toUpperCase(text.charAt(position - 1)) == 'E'
                    && (position == 1 || !Character.isJavaIdentifierPart(text.charAt(position - 2)));
        }

        private void skipQuoted(char quote, boolean backslashes) {
            for (position++; position < text.length(); position++) {
                if (backslashes && text.charAt(position) == '\\') {
                    position++;
                } else if (text.charAt(position) == quote) {
                    position++;
                    return;
                }
            }
            position = text.length();
            open = true;
        }

        private void skipBlockComment() {
            int end = text.indexOf("*/", position + 2);
            open = end < 0;
            position = end < 0 ? text.length() : end + 2;
        }
    }
}
