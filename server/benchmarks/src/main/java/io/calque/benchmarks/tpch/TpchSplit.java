package io.calque.benchmarks.tpch;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which database holds which table. */
public enum TpchSplit {
    /** What is sold in PostgreSQL, what is on offer in MongoDB, geography in SQLite. */
    MIXED(
            EnumSet.of(TpchTable.CUSTOMER, TpchTable.ORDERS, TpchTable.LINEITEM),
            EnumSet.of(TpchTable.PART, TpchTable.PARTSUPP, TpchTable.SUPPLIER)),
    /** The two large tables apart, so that their join always crosses databases. */
    HARD(EnumSet.of(TpchTable.LINEITEM), EnumSet.of(TpchTable.ORDERS));

    private final Set<TpchTable> inPostgres;
    private final Set<TpchTable> inMongo;

    TpchSplit(Set<TpchTable> inPostgres, Set<TpchTable> inMongo) {
        this.inPostgres = inPostgres;
        this.inMongo = inMongo;
    }

    public List<TpchTable> inPostgres() {
        return List.copyOf(inPostgres);
    }

    public List<TpchTable> inMongo() {
        return List.copyOf(inMongo);
    }

    /** All that is in neither of the others. */
    public List<TpchTable> inSqlite() {
        return Arrays.stream(TpchTable.values())
                .filter(table -> !inPostgres.contains(table) && !inMongo.contains(table))
                .toList();
    }
}
