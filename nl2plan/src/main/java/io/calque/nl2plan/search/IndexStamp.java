package io.calque.nl2plan.search;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an index was made of, as the data of its last commit say. Immutable.
 *
 * @param version of the registry
 * @param catalog digest of all that is indexed
 * @param embedder that made the vectors; empty where there are none
 * @param tables fingerprints by {@link TableText#key}
 * @param repaired the last time that it was found to differ from the registry
 */
record IndexStamp(
        long version, String catalog, String embedder, Map<String, String> tables, Optional<IndexRepair> repaired) {
    /** Another where words are told or indexed otherwise than before. */
    private static final String FORMAT = "1";

    private static final String TABLE = "table.";

    static final IndexStamp NONE = new IndexStamp(-1, "", "", Map.of(), Optional.empty());

    IndexStamp {
        tables = Map.copyOf(tables);
    }

    /** Nothing where the data are of another format: then nothing in the index is worth keeping. */
    static IndexStamp read(Map<String, String> data) {
        if (!FORMAT.equals(data.get("format"))) {
            return NONE;
        }
        Map<String, String> tables = new HashMap<>();
        data.forEach((key, value) -> {
            if (key.startsWith(TABLE)) {
                tables.put(key.substring(TABLE.length()), value);
            }
        });
        return new IndexStamp(
                Long.parseLong(data.getOrDefault("registry.version", "-1")),
                data.getOrDefault("catalog", ""),
                data.getOrDefault("embedder", ""),
                tables,
                data.containsKey("repair.at")
                        ? Optional.of(new IndexRepair(
                                Instant.parse(data.getOrDefault("repair.at", "")),
                                Long.parseLong(data.getOrDefault("repair.version", "-1")),
                                data.getOrDefault("repair.what", "")))
                        : Optional.empty());
    }

    Map<String, String> data() {
        Map<String, String> data = new TreeMap<>();
        data.put("format", FORMAT);
        data.put("registry.version", Long.toString(version));
        data.put("catalog", catalog);
        data.put("embedder", embedder);
        tables.forEach((table, fingerprint) -> data.put(TABLE + table, fingerprint));
        repaired.ifPresent(repair -> {
            data.put("repair.at", repair.at().toString());
            data.put("repair.version", Long.toString(repair.version()));
            data.put("repair.what", repair.what());
        });
        return data;
    }

    IndexStamp embeddedBy(String other) {
        return new IndexStamp(version, catalog, other, tables, repaired);
    }
}
