package io.calque.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Writes a query as text, for Calque or for the flat PostgreSQL. Used once. */
public final class Spelling {
    /** Who reads the text. */
    public enum Reader {
        CALQUE,
        REFERENCE
    }

    private final Reader reader;
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    public Spelling(Reader reader) {
        this.reader = reader;
    }

    /** A statement with the values of its question marks; the flat PostgreSQL gets them as literals. */
    public record Text(String sql, List<Object> parameters) {
        public Text {
            parameters = List.copyOf(parameters);
        }
    }

    public static Text of(Query query, Reader reader) {
        Spelling spelling = new Spelling(reader);
        query.spell(spelling);
        return new Text(spelling.sql.toString(), spelling.parameters);
    }

    boolean isReference() {
        return reader == Reader.REFERENCE;
    }

    Spelling add(String text) {
        sql.append(text);
        return this;
    }

    Spelling add(Part part) {
        part.spell(this);
        return this;
    }

    Spelling list(List<? extends Part> parts) {
        for (int i = 0; i < parts.size(); i++) {
            add(i == 0 ? "" : ", ").add(parts.get(i));
        }
        return this;
    }

    void parameter(Object value) {
        parameters.add(value);
    }
}
