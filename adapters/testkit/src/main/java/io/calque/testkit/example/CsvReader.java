package io.calque.testkit.example;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Splits one file into records, as RFC 4180 says: a bare empty field is NULL, a quoted one is empty text. Single-threaded. */
final class CsvReader implements Closeable {
    private static final int END = -1;

    private final BufferedReader in;
    private final char delimiter;

    CsvReader(BufferedReader in, char delimiter) {
        this.in = in;
        this.delimiter = delimiter;
    }

    /** The next record; empty at the end of the file. */
    Optional<List<@Nullable String>> next() throws IOException {
        int c = in.read();
        if (c == END) {
            return Optional.empty();
        }
        List<@Nullable String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (; c != END && c != '\n'; c = in.read()) {
            if (c == '"') {
                quoted = true;
                quotedPart(field);
            } else if (c == delimiter) {
                fields.add(text(field, quoted));
                field.setLength(0);
                quoted = false;
            } else {
                field.append((char) c);
            }
        }
        fields.add(text(field, quoted));
        return Optional.of(fields);
    }

    private void quotedPart(StringBuilder field) throws IOException {
        for (int c = in.read(); c != END; c = in.read()) {
            if (c == '"') {
                in.mark(1);
                if (in.read() != '"') {
                    in.reset();
                    return;
                }
            }
            field.append((char) c);
        }
    }

    private static @Nullable String text(StringBuilder field, boolean quoted) {
        return quoted || field.length() > 0 ? field.toString() : null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
