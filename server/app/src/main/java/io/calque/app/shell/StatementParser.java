package io.calque.app.shell;

import io.calque.app.terminal.StatementSplitter;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor when a statement is whole, and which word the cursor stands in. Stateless. */
final class StatementParser implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !isWhole(line)) {
            throw new EOFError(-1, cursor, "the statement goes on");
        }
        return Words.of(line, cursor);
    }

    static boolean isWhole(String line) {
        if (line.isBlank() || line.strip().startsWith("\\")) {
            return true;
        }
        StatementSplitter split = StatementSplitter.split(line);
        return !split.open() && split.rest().isBlank();
    }

    /** Names with their dots are one word, so that a completion replaces all of it. */
    private record Words(String line, int cursor, List<String> words, int wordIndex, int wordCursor)
            implements CompletingParsedLine {
        static Words of(String line, int cursor) {
            List<String> words = new ArrayList<>();
            int index = -1;
            int inWord = 0;
            int position = 0;
            while (position < line.length()) {
                if (!isWordPart(line.charAt(position))) {
                    position++;
                    continue;
                }
                int start = position;
                while (position < line.length() && isWordPart(line.charAt(position))) {
                    position++;
                }
                if (cursor >= start && cursor <= position) {
                    index = words.size();
                    inWord = cursor - start;
                }
                words.add(line.substring(start, position));
            }
            if (index < 0) {
                index = (int) wordsBefore(line, cursor);
                words.add(index, "");
            }
            return new Words(line, cursor, List.copyOf(words), index, inWord);
        }

        private static long wordsBefore(String line, int cursor) {
            long count = 0;
            boolean inside = false;
            for (int i = 0; i < cursor; i++) {
                boolean part = isWordPart(line.charAt(i));
                count += part && !inside ? 1 : 0;
                inside = part;
            }
            return count;
        }

        private static boolean isWordPart(char c) {
            return Character.isJavaIdentifierPart(c) || c == '.' || c == '"' || c == '\\' || c == '?';
        }

        @Override
        public String word() {
            return words.get(wordIndex);
        }

        /** Names are completed as they are written: what needs quotes comes with them. */
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor;
        }

        @Override
        public int rawWordLength() {
            return word().length();
        }
    }
}
