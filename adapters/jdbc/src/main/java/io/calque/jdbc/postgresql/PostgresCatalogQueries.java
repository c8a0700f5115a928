package io.calque.jdbc.postgresql;

/** The questions to PostgreSQL's own catalog: one each for relations, columns, constraints and indexes, however many tables there are. */
final class PostgresCatalogQueries {
    private PostgresCatalogQueries() {}

    /** The last column: whether the default collation is by bytes. Columns of {@code pg_database} differ between versions. */
    static final String SERVER = """
            SELECT current_setting('server_version'), pg_encoding_to_char(d.encoding),
              COALESCE(to_jsonb(d) ->> 'datlocprovider', 'c') = 'b'
                OR (COALESCE(to_jsonb(d) ->> 'datlocprovider', 'c') = 'c' AND d.datcollate IN ('C', 'POSIX'))
            FROM pg_database d WHERE d.datname = current_database()
            """;

    /** Partitions are read through their parent; what we may not read is counted, not shown. */
    static final String RELATIONS = """
            SELECT c.oid, n.nspname, c.relname, c.relkind::text,
              CASE WHEN c.relkind = 'p'
                THEN (SELECT sum(CASE WHEN l.reltuples < 0 THEN NULL ELSE l.reltuples END)
                      FROM pg_partition_tree(c.oid) t JOIN pg_class l ON l.oid = t.relid WHERE t.isleaf)
                ELSE c.reltuples END,
              obj_description(c.oid, 'pg_class'),
              has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT'),
              has_table_privilege(c.oid, 'SELECT')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
              AND n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'
            ORDER BY n.nspname, c.relname
            """;

    static final String COLUMNS = """
            WITH RECURSIVE domain(oid, base, modifier) AS (
              SELECT oid, typbasetype, typtypmod FROM pg_type WHERE typtype = 'd'
              UNION ALL
              SELECT d.oid, t.typbasetype, CASE WHEN d.modifier < 0 THEN t.typtypmod ELSE d.modifier END
              FROM domain d JOIN pg_type t ON t.oid = d.base WHERE t.typtype = 'd'),
            root AS (
              SELECT d.oid, d.base, d.modifier FROM domain d JOIN pg_type t ON t.oid = d.base WHERE t.typtype <> 'd')
            SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
              b.typname, COALESCE(r.modifier, a.atttypmod),
              CASE WHEN b.typcategory = 'A' THEN e.typname END,
              a.attnotnull, a.attidentity::text, a.attgenerated::text,
              pg_get_expr(f.adbin, f.adrelid), s.description,
              CASE WHEN a.attcollation = 0 OR k.collname = 'default' THEN 'default'
                WHEN k.collprovider = 'b' OR k.collname IN ('C', 'POSIX', 'ucs_basic') THEN 'bytes'
                ELSE 'other' END,
              CASE WHEN has_table_privilege(a.attrelid, 'SELECT') THEN true
                ELSE has_column_privilege(a.attrelid, a.attnum, 'SELECT') END
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN root r ON r.oid = a.atttypid
            JOIN pg_type b ON b.oid = COALESCE(r.base, a.atttypid)
            LEFT JOIN pg_type e ON e.oid = b.typelem
            LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
            LEFT JOIN pg_description s ON s.classoid = 'pg_class'::regclass AND s.objoid = a.attrelid AND s.objsubid = a.attnum
            LEFT JOIN pg_collation k ON k.oid = a.attcollation
            WHERE a.attnum > 0 AND NOT a.attisdropped
              AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
              AND n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'
            ORDER BY a.attrelid, a.attnum
            """;

    /** A foreign key that was never validated proves nothing about the rows. */
    static final String CONSTRAINTS = """
            SELECT k.conrelid, k.contype::text, k.conname, k.conkey::int[], k.confrelid, k.confkey::int[]
            FROM pg_constraint k
            WHERE k.contype IN ('p', 'u', 'f') AND k.conrelid <> 0 AND k.convalidated
            ORDER BY k.conrelid, k.conname
            """;

    static final String INDEXES = """
            SELECT i.indrelid, c.relname, m.amname, i.indisunique,
              COALESCE(pg_get_expr(i.indpred, i.indrelid), ''),
              i.indkey::int[], i.indoption::int[], i.indnkeyatts,
              CASE WHEN i.indexprs IS NULL THEN NULL ELSE ARRAY(
                SELECT pg_get_indexdef(i.indexrelid, g, true) FROM generate_series(1, i.indnkeyatts) g ORDER BY g) END,
              i.indimmediate
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace
            JOIN pg_am m ON m.oid = c.relam
            WHERE i.indisvalid AND n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'
            ORDER BY i.indrelid, c.relname
            """;

    static final String STATISTICS = """
            SELECT s.attname, s.null_frac, s.avg_width, s.n_distinct,
              s.most_common_vals::text, s.most_common_freqs::text, s.histogram_bounds::text
            FROM pg_stats s WHERE s.schemaname = ? AND s.tablename = ?
            ORDER BY s.attname, s.inherited
            """;
}
