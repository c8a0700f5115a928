package io.calque.spi.source;

import io.calque.spi.QueryException;
import io.calque.spi.TableName;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.catalog.UserTypeDescriptor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a source says of itself. Thread-safe; reads only. */
public interface Introspector {
    /**
     * Tables, columns, keys and indexes, narrowed by the configuration's patterns; statistics only where they cost nothing.
     *
     * @throws QueryException SOURCE_UNAVAILABLE, SOURCE_REFUSED, SOURCE_READ_FAILED
     */
    Observation observe(Progress progress);

    /**
     * As {@link #observe(Progress)}, but may take tables over from {@code known} whose cheap signs (counts, newest keys, sizes,
     * definitions) are as they were; see {@link io.calque.spi.catalog.Facts#EVIDENCE}.
     *
     * @param known what the registry holds of this source; empty looks at everything afresh
     */
    default Observation observe(Optional<SourceSnapshot> known, Progress progress) {
        return observe(progress);
    }

    /**
     * Statistics that the source keeps by itself, of many tables at the cost of one; tables that it knows too little of are left out,
     * and worth {@link #measure}.
     *
     * @param tables as {@link #observe} gave them
     * @throws QueryException as {@link #observe}
     */
    default Map<TableName, TableStatistics> recorded(List<TableDescriptor> tables) {
        return Map.of();
    }

    /**
     * Measures one table within the budget; what could not be measured is left unknown.
     *
     * @throws QueryException as {@link #observe}
     */
    TableStatistics measure(TableDescriptor table, Budget budget);

    /**
     * Hands out values of some columns, row by row, in a text that is the same in every source for values that SQL calls equal: plain
     * decimals without trailing zeros, ISO dates, UUIDs and ObjectIds in lower case, other text as it is. All rows where the budget allows
     * it; else a part, spread over the table where the source can do that cheaply.
     *
     * @param columns SQL names of columns of numbers, text or dates; an adapter may give NULL for other types
     * @throws QueryException as {@link #observe}
     */
    default ValueScan values(TableDescriptor table, List<String> columns, Budget budget, ValueScan.Sink sink) {
        return ValueScan.UNSUPPORTED;
    }

    /**
     * The source's own clock, for telling how far it is from ours; empty where it has none.
     *
     * @throws QueryException as {@link #observe}
     */
    default Optional<Instant> clock() {
        return Optional.empty();
    }

    /**
     * @param product name and version that the server reports
     * @param tables in any order
     * @param userTypes types that the source's users made, in any order
     * @param warnings what a person should know: fields left out, limits met, rights missing
     */
    record Observation(
            String product, List<TableDescriptor> tables, List<UserTypeDescriptor> userTypes, List<String> warnings) {
        public Observation {
            tables = List.copyOf(tables);
            userTypes = List.copyOf(userTypes);
            warnings = List.copyOf(warnings);
        }

        /** Of a source without types of its users. */
        public Observation(String product, List<TableDescriptor> tables, List<String> warnings) {
            this(product, tables, List.of(), warnings);
        }
    }
}
