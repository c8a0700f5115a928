package io.calque.jdbc.pool;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.source.SourceConfig;
import io.calque.spi.type.DataType;
import io.calque.spi.type.DataTypeText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The options of one source, checked once: every key is known and every value was read. Immutable.
 *
 * <p>Besides its own words an adapter takes options for single columns: {@code type.<schema>.<table>.<column>} overrides the engine
 * type, and other prefixes as the adapter names them.
 */
public final class SourceOptions {
    private static final String TYPE = "type.";

    private final SourceId source;
    private final SortedMap<String, String> options;
    private final SortedMap<String, DataType> types = new TreeMap<>();

    /**
     * @param known the adapter's own words
     * @param columnPrefixes prefixes, with their dot, of options for single columns
     * @throws QueryException CONFIG_INVALID for an unknown key, with the nearest known one
     */
    public SourceOptions(SourceConfig config, List<String> known, List<String> columnPrefixes) {
        this.source = config.id();
        this.options = config.options();
        for (Map.Entry<String, String> option : options.entrySet()) {
            String key = option.getKey();
            if (key.startsWith(TYPE)) {
                types.put(folded(key.substring(TYPE.length())), type(key, option.getValue()));
            } else if (!known.contains(key) && columnPrefixes.stream().noneMatch(key::startsWith)) {
                throw unknown(key, config.kind(), known);
            }
        }
    }

    private QueryException unknown(String key, String kind, List<String> known) {
        String hint = NearestName.of(key, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("Known options: " + String.join(", ", known));
        return new QueryException(
                ErrorCode.CONFIG_INVALID,
                "Source '" + source + "': a " + kind + " source has no option '" + key + "'. " + hint);
    }

    private DataType type(String key, String value) {
        try {
            return DataTypeText.parse(value);
        } catch (QueryException | IllegalArgumentException e) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    "Source '" + source + "': option '" + key + "' takes a type such as DECIMAL(38, 4), not '" + value
                            + "'",
                    e);
        }
    }

    public Optional<String> text(String key) {
        return Optional.ofNullable(options.get(key));
    }

    /**
     * @throws QueryException CONFIG_INVALID when the value is neither true nor false
     */
    public boolean flag(String key) {
        String value = options.getOrDefault(key, "false").toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            throw invalid(key, value, "true or false");
        }
        return value.equals("true");
    }

    /**
     * @throws QueryException CONFIG_INVALID when the value is not a whole number from {@code least} to {@code most}
     */
    public int number(String key, int byDefault, int least, int most) {
        String value = options.get(key);
        if (value == null) {
            return byDefault;
        }
        String allowed = "a whole number from " + least + " to " + most;
        try {
            int number = Integer.parseInt(value.trim());
            if (number < least || number > most) {
                throw invalid(key, value, allowed);
            }
            return number;
        } catch (NumberFormatException e) {
            throw invalid(key, value, allowed);
        }
    }

    public QueryException invalid(String key, String value, String allowed) {
        return new QueryException(
                ErrorCode.CONFIG_INVALID,
                "Source '" + source + "': option '" + key + "' takes " + allowed + ", not '" + value + "'");
    }

    /** The engine type that the configuration gives to a column, if it does. */
    public Optional<DataType> typeOf(String schema, String table, String column) {
        return Optional.ofNullable(types.get(folded(schema + "." + table + "." + column)));
    }

    /** The value of a column's option under {@code prefix}, names compared without case. */
    public Optional<String> ofColumn(String prefix, String schema, String table, String column) {
        String wanted = folded(prefix + schema + "." + table + "." + column);
        return options.entrySet().stream()
                .filter(e -> folded(e.getKey()).equals(wanted))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** How a message names the way to override a column's type. */
    public static String typeOption(String schema, String table, ColumnDescriptor column) {
        return TYPE + schema + "." + table + "." + column.name();
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
