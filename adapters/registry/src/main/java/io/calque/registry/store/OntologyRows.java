package io.calque.registry.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of {@code ontology_entries}. Stateless. */
final class OntologyRows {
    /** Fields alone: a record's further methods are no part of what is stored. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
            .serializationInclusion(JsonInclude.Include.NON_EMPTY)
            .build();

    private static final Map<String, Class<? extends OntologyEntry>> KINDS = Stream.of(
                    OntologyEntry.Term.class,
                    OntologyEntry.Metric.class,
                    OntologyEntry.Dimension.class,
                    OntologyEntry.ValueAlias.class,
                    OntologyEntry.Unit.class,
                    OntologyEntry.Relation.class,
                    OntologyEntry.Role.class,
                    OntologyEntry.Verified.class,
                    OntologyEntry.Extension.class)
            .collect(Collectors.toMap(OntologyRows::kind, Function.identity()));

    private OntologyRows() {}

    private static String kind(Class<? extends OntologyEntry> type) {
        return type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    static Ontology read(Connection connection, long version) throws SQLException {
        List<OntologyEntry> entries = new ArrayList<>();
        Sql.each(
                connection,
                "SELECT kind, body FROM ontology_entries WHERE " + CatalogReader.VALID + " ORDER BY position, entry_id",
                row -> entries.add(entry(row.getString(1), row.getString(2))),
                version);
        return entries.isEmpty() ? Ontology.EMPTY : Ontology.of(entries);
    }

    private static OntologyEntry entry(String kind, String body) throws SQLException {
        Class<? extends OntologyEntry> type = KINDS.get(kind);
        if (type == null) {
            throw new SQLException("an entry of the ontology is of no known kind: '" + kind + "'");
        }
        try {
            return MAPPER.readValue(body, type);
        } catch (JsonProcessingException e) {
            throw new SQLException("an entry of the ontology holds '" + body + "'", e);
        }
    }

    static void add(Connection connection, long version, OntologyEntry entry, int position) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO ontology_entries (kind, entry_key, entry_name, position, body, valid_from)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6)""",
                kind(entry.getClass()),
                entry.key(),
                entry.name(),
                (long) position,
                body(entry),
                version);
    }

    static void remove(Connection connection, long version, OntologyEntry entry) throws SQLException {
        Sql.update(
                connection,
                "UPDATE ontology_entries SET valid_to = ?3 WHERE kind = ?1 AND entry_key = ?2 AND valid_to IS NULL",
                kind(entry.getClass()),
                entry.key(),
                version);
    }

    private static String body(OntologyEntry entry) {
        try {
            return MAPPER.writeValueAsString(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry of texts has no JSON form", e);
        }
    }
}
