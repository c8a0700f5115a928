package io.calque.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/sql}.
 *
 * @param parameters of the question marks, in order
 * @param settings of the session, as SET would give them
 * @param maxRows 0 for all
 */
record SqlRequest(
        String sql,
        List<@Nullable Object> parameters,
        Map<String, String> settings,
        Optional<Duration> timeout,
        long maxRows) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    SqlRequest {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * @throws QueryException INVALID_PARAMETER, saying what is wrong with the body
     */
    static SqlRequest parse(byte[] body) {
        JsonNode root;
        try {
            root = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw malformed("it is not JSON (" + e.getOriginalMessage() + ")");
        } catch (IOException e) {
            throw malformed("it cannot be read");
        }
        if (root == null || !root.isObject()) {
            throw malformed("it is not a JSON object");
        }
        for (String field : (Iterable<String>) root::fieldNames) {
            if (!List.of("sql", "parameters", "settings", "timeoutSeconds", "maxRows")
                    .contains(field)) {
                throw malformed("'" + field + "' is not one of sql, parameters, settings, timeoutSeconds, maxRows");
            }
        }
        if (!root.path("sql").isTextual()) {
            throw malformed("'sql' must be text");
        }
        List<@Nullable Object> parameters = new ArrayList<>();
        for (JsonNode parameter : root.path("parameters")) {
            parameters.add(value(parameter));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        root.path("settings")
                .properties()
                .forEach(field -> settings.put(field.getKey(), field.getValue().asText()));
        double seconds = root.path("timeoutSeconds").asDouble(0);
        Optional<Duration> timeout =
                seconds > 0 ? Optional.of(Duration.ofMillis((long) (seconds * 1000))) : Optional.empty();
        return new SqlRequest(
                root.path("sql").asText(),
                parameters,
                settings,
                timeout,
                Math.max(0, root.path("maxRows").asLong(0)));
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber()) {
            return node.canConvertToLong() ? (Object) node.longValue() : node.decimalValue();
        }
        if (node.isNumber()) {
            // as it was written: 0.1 is not a binary fraction
            return node.decimalValue();
        }
        if (node.isArray()) {
            List<@Nullable Object> elements = new ArrayList<>();
            node.forEach(element -> elements.add(value(element)));
            return elements;
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        throw malformed("a parameter is an object");
    }

    private static QueryException malformed(String why) {
        return new QueryException(
                ErrorCode.INVALID_PARAMETER, "The body must be {\"sql\": \"...\", \"parameters\": [...]}: " + why);
    }
}
