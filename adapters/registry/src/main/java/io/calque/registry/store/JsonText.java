package io.calque.registry.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.calque.spi.catalog.ColumnStatistics.CommonValue;
import io.calque.spi.catalog.Relationship.Evidence;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The few columns that hold JSON: lists, facts and distributions. Stateless. */
final class JsonText {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<List<String>>> PATHS = new TypeReference<>() {};
    private static final TypeReference<TreeMap<String, String>> FACTS = new TypeReference<>() {};
    private static final TypeReference<List<Evidence>> EVIDENCE = new TypeReference<>() {};
    private static final TypeReference<List<CommonValue>> COMMON = new TypeReference<>() {};

    private JsonText() {}

    static String of(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of text has no JSON form", e);
        }
    }

    /** NULL for nothing: most tables and columns have no facts, and a NULL costs no parsing. */
    static @Nullable String orNull(Map<?, ?> values) {
        return values.isEmpty() ? null : of(values);
    }

    static @Nullable String orNull(List<?> values) {
        return values.isEmpty() ? null : of(values);
    }

    static List<String> texts(@Nullable String json) throws SQLException {
        return json == null ? List.of() : read(json, TEXTS);
    }

    static List<List<String>> paths(String json) throws SQLException {
        return read(json, PATHS);
    }

    static SortedMap<String, String> facts(@Nullable String json) throws SQLException {
        return json == null ? new TreeMap<>() : read(json, FACTS);
    }

    static List<CommonValue> common(@Nullable String json) throws SQLException {
        return json == null ? List.of() : read(json, COMMON);
    }

    static List<Evidence> evidence(String json) throws SQLException {
        return read(json, EVIDENCE);
    }

    private static <T> T read(String json, TypeReference<T> type) throws SQLException {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new SQLException("a JSON column holds '" + json + "'", e);
        }
    }
}
