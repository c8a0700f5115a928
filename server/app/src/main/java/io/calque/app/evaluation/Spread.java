package io.calque.app.evaluation;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which sources hold the tables of a database besides the source of its own name. Immutable.
 *
 * @param sources of each database
 */
public record Spread(Map<String, List<String>> sources) {
    /** Every database is one source. */
    public static final Spread NONE = new Spread(Map.of());

    public Spread {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        sources.forEach((database, several) -> copy.put(database, List.copyOf(several)));
        sources = copy;
    }

    /**
     * Of {@code database=source,source,...}.
     *
     * @throws QueryException CONFIG_INVALID for a text of another form
     */
    public static Spread of(List<String> texts) {
        Map<String, List<String>> sources = new LinkedHashMap<>();
        for (String text : texts) {
            String[] parts = text.split("=", 2);
            if (parts.length < 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw new QueryException(
                        ErrorCode.CONFIG_INVALID, "'" + text + "' is not of the form database=source,source,...");
            }
            sources.put(parts[0].strip(), List.of(parts[1].strip().split("\\s*,\\s*")));
        }
        return new Spread(sources);
    }

    /** Where a database's questions are asked. */
    List<String> of(String database) {
        return sources.getOrDefault(database, List.of(database));
    }

    String path(String database) {
        return String.join(", ", of(database));
    }

    /** Where questions of any of these are asked. */
    List<String> all(List<String> databases) {
        List<String> all = new ArrayList<>();
        databases.stream().distinct().forEach(database -> all.addAll(of(database)));
        return all;
    }
}
