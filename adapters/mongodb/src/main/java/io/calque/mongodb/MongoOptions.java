package io.calque.mongodb;

import com.mongodb.ConnectionString;
import io.calque.mongodb.cursor.Mismatch;
import io.calque.mongodb.inference.InferenceOptions;
import io.calque.mongodb.inference.LegacyUuids;
import io.calque.mongodb.inference.MixedTypes;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.SourceConfig;
import io.calque.spi.type.DataType;
import io.calque.spi.type.DataTypeText;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.UuidRepresentation;

/**
 * The options of a MongoDB source, checked. Immutable.
 *
 * @param url what the driver connects to
 * @param databases which databases are read; empty means all that the user may see
 * @param defaultDatabase the database whose collections are printed as {@code db.name}; empty when there is none
 */
record MongoOptions(
        ConnectionString url,
        List<String> databases,
        Optional<String> defaultDatabase,
        InferenceOptions inference,
        SortedMap<String, String> texts) {

    static final String AUTH_SOURCE = "auth_source";
    static final String AUTH_MECHANISM = "auth_mechanism";
    static final String TLS = "tls";
    static final String TLS_CA_FILE = "tlsCAFile";
    static final String TLS_KEY_FILE = "tlsCertificateKeyFile";
    static final String TLS_KEY_PASSWORD = "tlsCertificateKeyFilePassword";
    static final String KEYSTORE = "keystore";
    static final String KEYSTORE_PASSWORD = "keystore_password";
    static final String TRUSTSTORE = "truststore";
    static final String TRUSTSTORE_PASSWORD = "truststore_password";
    static final String READ_PREFERENCE = "read_preference";
    static final String REPLICA_SET = "replica_set";
    static final String SERVER_SELECTION_TIMEOUT = "server_selection_timeout_ms";
    private static final String DATABASES = "databases";
    private static final String MIXED_TYPES = "mixed_types";
    private static final String SAMPLE_SIZE = "sample_size";
    private static final String SNAPSHOT_READS = "snapshot_reads";
    private static final String LEGACY_UUIDS = "legacy_uuids";
    private static final String INTROSPECTION_SECONDS = "introspection_seconds";
    private static final String LOOK_AGAIN_HOURS = "look_again_hours";
    private static final String MAX_COLUMNS = "max_columns";
    private static final String MAX_DEPTH = "max_depth";
    /** Prefix of a type that a person declares for one field: {@code type.orders.address.zip: VARCHAR}. */
    private static final String TYPE_PREFIX = "type.";

    private static final List<String> KNOWN = List.of(
            AUTH_MECHANISM,
            AUTH_SOURCE,
            DATABASES,
            INTROSPECTION_SECONDS,
            KEYSTORE,
            KEYSTORE_PASSWORD,
            LEGACY_UUIDS,
            LOOK_AGAIN_HOURS,
            MAX_COLUMNS,
            MAX_DEPTH,
            MIXED_TYPES,
            READ_PREFERENCE,
            REPLICA_SET,
            SAMPLE_SIZE,
            SERVER_SELECTION_TIMEOUT,
            SNAPSHOT_READS,
            TLS,
            TLS_CA_FILE,
            TLS_KEY_FILE,
            TLS_KEY_PASSWORD,
            TRUSTSTORE,
            TRUSTSTORE_PASSWORD);

    static MongoOptions parse(SourceConfig config) {
        SortedMap<String, String> texts = config.options();
        for (String name : texts.keySet()) {
            if (!KNOWN.contains(name) && !name.startsWith(TYPE_PREFIX)) {
                throw invalid(
                        config,
                        "has no option '" + name + "'. Did you mean '" + nearest(name) + "'? Options are "
                                + String.join(", ", KNOWN) + ", and " + TYPE_PREFIX + "<collection>.<field>");
            }
        }
        ConnectionString url = url(config);
        Optional<String> named = Optional.ofNullable(url.getDatabase());
        List<String> databases = Optional.ofNullable(texts.get(DATABASES))
                .map(text -> Arrays.stream(text.split(","))
                        .map(String::trim)
                        .filter(part -> !part.isEmpty())
                        .toList())
                .orElseGet(() -> named.map(List::of).orElse(List.of()));
        Optional<String> only = databases.size() == 1 ? Optional.of(databases.get(0)) : Optional.empty();
        InferenceOptions inference = new InferenceOptions(
                number(config, SAMPLE_SIZE, InferenceOptions.DEFAULT_SAMPLE_SIZE),
                number(config, MAX_COLUMNS, InferenceOptions.DEFAULT_MAX_COLUMNS),
                number(config, MAX_DEPTH, InferenceOptions.DEFAULT_MAX_DEPTH),
                mixedTypes(config),
                legacyUuids(config, url),
                Duration.ofSeconds(
                        number(config, INTROSPECTION_SECONDS, (int) InferenceOptions.DEFAULT_LOOK_TIME.toSeconds())),
                Duration.ofHours(number(config, LOOK_AGAIN_HOURS, (int) InferenceOptions.DEFAULT_LOOK_AGAIN.toHours())),
                declaredTypes(config));
        return new MongoOptions(url, databases, named.or(() -> only), inference, texts);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /** Whether all cursors of a query may share one snapshot where the deployment offers it. */
    boolean snapshotReads() {
        return !text(SNAPSHOT_READS)
                .map(t -> t.trim().equalsIgnoreCase("false"))
                .orElse(false);
    }

    /** What a value that does not fit its column's type becomes while reading. */
    Mismatch mismatch() {
        return inference.mixedTypes() == MixedTypes.NULL ? Mismatch.NULL : Mismatch.ERROR;
    }

    private static ConnectionString url(SourceConfig config) {
        try {
            return new ConnectionString(config.url());
        } catch (IllegalArgumentException e) {
            // The driver's message may quote the whole URL, password included, so it is not passed on.
            throw invalid(
                    config,
                    "has a URL that is not mongodb://host[:port][,host...][/database][?options] or mongodb+srv://host/..."
                            + (config.url().startsWith("mongodb") ? ": " + withoutUrl(e, config.url()) : ""));
        }
    }

    private static String withoutUrl(IllegalArgumentException e, String url) {
        String message = String.valueOf(e.getMessage());
        boolean safe = !url.contains("@") && !message.contains(url);
        return safe ? message : "check its host list, credentials (percent-encoded) and options";
    }

    private static MixedTypes mixedTypes(SourceConfig config) {
        String text = config.options().get(MIXED_TYPES);
        if (text == null) {
            return MixedTypes.TEXT;
        }
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "error" -> MixedTypes.ERROR;
            case "null" -> MixedTypes.NULL;
            case "text" -> MixedTypes.TEXT;
            default ->
                throw invalid(config, "option " + MIXED_TYPES + " is '" + text + "'; it takes error, null or text");
        };
    }

    /** As the option says, else as the URL does for its driver. */
    private static LegacyUuids legacyUuids(SourceConfig config, ConnectionString url) {
        String text = config.options().get(LEGACY_UUIDS);
        if (text == null) {
            UuidRepresentation ofUrl = url.getUuidRepresentation();
            return ofUrl == null
                    ? LegacyUuids.UNSPECIFIED
                    : switch (ofUrl) {
                        case JAVA_LEGACY -> LegacyUuids.JAVA_LEGACY;
                        case C_SHARP_LEGACY -> LegacyUuids.C_SHARP_LEGACY;
                        case PYTHON_LEGACY -> LegacyUuids.PYTHON_LEGACY;
                        case STANDARD, UNSPECIFIED -> LegacyUuids.UNSPECIFIED;
                    };
        }
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "java" -> LegacyUuids.JAVA_LEGACY;
            case "csharp" -> LegacyUuids.C_SHARP_LEGACY;
            case "python" -> LegacyUuids.PYTHON_LEGACY;
            default ->
                throw invalid(config, "option " + LEGACY_UUIDS + " is '" + text + "'; it takes java, csharp or python");
        };
    }

    private static SortedMap<String, DataType> declaredTypes(SourceConfig config) {
        SortedMap<String, DataType> declared = new TreeMap<>();
        config.options().forEach((name, text) -> {
            if (name.startsWith(TYPE_PREFIX)) {
                try {
                    declared.put(name.substring(TYPE_PREFIX.length()), DataTypeText.parse(text));
                } catch (QueryException e) {
                    throw new QueryException(
                            ErrorCode.CONFIG_INVALID,
                            "Source '" + config.id() + "' option " + name + ": '" + text
                                    + "' names no type; for example DECIMAL(38, 4), VARCHAR or TIMESTAMP",
                            e);
                }
            }
        });
        return declared;
    }

    private static int number(SourceConfig config, String name, int fallback) {
        String text = config.options().get(name);
        if (text == null) {
            return fallback;
        }
        try {
            int value = Integer.parseInt(text.trim());
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
        }
        throw invalid(config, "option " + name + " is '" + text + "'; it takes a whole number above 0");
    }

    static QueryException invalid(SourceConfig config, String what) {
        return new QueryException(ErrorCode.CONFIG_INVALID, "Source '" + config.id() + "' " + what);
    }

    private static String nearest(String name) {
        return KNOWN.stream()
                .min(Comparator.comparingInt(
                        known -> distance(known.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))))
                .orElseThrow();
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substituted, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
