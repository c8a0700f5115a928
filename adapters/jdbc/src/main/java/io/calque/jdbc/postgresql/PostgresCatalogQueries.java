package io.calque.jdbc.postgresql;

/** The questions to PostgreSQL's own catalog: one for each kind of thing, however many tables there are. */
final class PostgresCatalogQueries {
    private PostgresCatalogQueries() {}

    /** The last column: whether the default collation is by bytes. Columns of {@code pg_database} differ between versions. */
    static final String SERVER = """
            SELECT current_setting('server_version'), pg_encoding_to_char(d.encoding),
              COALESCE(to_jsonb(d) ->> 'datlocprovider', 'c') = 'b'
                OR (COALESCE(to_jsonb(d) ->> 'datlocprovider', 'c') = 'c' AND d.datcollate IN ('C', 'POSIX'))
            FROM pg_database d WHERE d.datname = current_database()
            """;

    /**
     * What ANALYZE saw, else what the server's counters say of the live rows, which count some rows twice; NULL when neither knows.
     * Zero is also what a table that was never analyzed says before PostgreSQL 14.
     */
    private static final String ROWS =
            "CASE WHEN x.reltuples > 0 THEN x.reltuples ELSE NULLIF(pg_stat_get_live_tuples(x.oid), 0) END";

    /** Partitions are read through their parent; what we may not read is counted, not shown. */
    static final String RELATIONS = """
            SELECT c.oid, n.nspname, c.relname, c.relkind::text,
              CASE WHEN c.relkind = 'p'
                THEN (SELECT sum({rows}) FROM pg_partition_tree(c.oid) t JOIN pg_class x ON x.oid = t.relid WHERE t.isleaf)
                ELSE (SELECT {rows} FROM (SELECT c.oid, c.reltuples) AS x) END,
              obj_description(c.oid, 'pg_class'),
              has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT'),
              has_table_privilege(c.oid, 'SELECT'),
              CASE WHEN c.relforcerowsecurity AND c.relrowsecurity THEN 'forced' WHEN c.relrowsecurity THEN 'enabled' END,
              pg_get_partkeydef(c.oid),
              CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid, true) END,
              c.relispopulated,
              c.relfilenode || '/' || pg_stat_get_tuples_inserted(c.oid) || '/' || pg_stat_get_tuples_updated(c.oid)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
              AND n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'
            ORDER BY n.nspname, c.relname
            """.replace("{rows}", ROWS);

    /** One relation with all below it, and whether ANALYZE has seen them all since they were last rewritten. */
    static final String ROW_COUNT = """
            WITH RECURSIVE tree(oid) AS (
              SELECT ?::regclass::oid
              UNION
              SELECT i.inhrelid FROM tree t JOIN pg_inherits i ON i.inhparent = t.oid)
            SELECT sum({rows}), bool_and(x.reltuples > 0) FROM tree t JOIN pg_class x ON x.oid = t.oid WHERE x.relkind <> 'p'
            """.replace("{rows}", ROWS);

    /** Tables that ANALYZE has not seen, or not since they were rewritten, or found empty. */
    static final String NOT_ANALYZED = """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND c.reltuples <= 0
            """;

    /** Children by their parents; partitions are no children here. */
    static final String INHERITANCE = """
            SELECT i.inhparent, i.inhrelid FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE c.relkind IN ('r', 'f') AND NOT c.relispartition
            ORDER BY i.inhrelid, i.inhseqno
            """;

    /** By column: a sequence that belongs to it ({@code owned}), or one that its default only asks. */
    static final String SEQUENCES = """
            SELECT d.refobjid, d.refobjsubid, n.nspname || '.' || s.relname, true
            FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_namespace n ON n.oid = s.relnamespace
            WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
              AND d.deptype IN ('a', 'i')
            UNION ALL
            SELECT f.adrelid, f.adnum, n.nspname || '.' || s.relname, false
            FROM pg_depend d JOIN pg_attrdef f ON f.oid = d.objid JOIN pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'
            JOIN pg_namespace n ON n.oid = s.relnamespace
            WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass
            ORDER BY 1, 2, 4
            """;

    /** Types of users, those of extensions left out; a table's own row type is none. */
    static final String USER_TYPES = """
            SELECT n.nspname, t.typname, t.typtype::text,
              CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) WHEN 'r' THEN format_type(r.rngsubtype, -1) END,
              t.typnotnull, t.typdefault, obj_description(t.oid, 'pg_type'),
              ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder),
              ARRAY(SELECT pg_get_constraintdef(k.oid, true) FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'
                ORDER BY k.conname),
              ARRAY(SELECT a.attname::text FROM pg_attribute a
                WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum),
              ARRAY(SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
                WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum)
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_range r ON r.rngtypid = t.oid
            LEFT JOIN pg_class c ON c.oid = t.typrelid
            WHERE t.typtype IN ('e', 'd', 'r', 'c') AND t.typisdefined AND (t.typtype <> 'c' OR c.relkind = 'c')
              AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
              AND has_schema_privilege(n.oid, 'USAGE')
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
            ORDER BY n.nspname, t.typname
            """;

    /**
     * A domain is as its base type; {@code typinput} tells true arrays from {@code int2vector} and {@code point}, which have elements
     * too. The type that users made is the column's own, or that of its elements.
     */
    static final String COLUMNS = """
            WITH RECURSIVE domain(oid, base, modifier) AS (
              SELECT oid, typbasetype, typtypmod FROM pg_type WHERE typtype = 'd'
              UNION ALL
              SELECT d.oid, t.typbasetype, CASE WHEN d.modifier < 0 THEN t.typtypmod ELSE d.modifier END
              FROM domain d JOIN pg_type t ON t.oid = d.base WHERE t.typtype = 'd'),
            root AS (
              SELECT d.oid, d.base, d.modifier FROM domain d JOIN pg_type t ON t.oid = d.base WHERE t.typtype <> 'd')
            SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
              b.typname, COALESCE(er.modifier, r.modifier, a.atttypmod), e.typname,
              a.attnotnull, a.attidentity::text, a.attgenerated::text,
              pg_get_expr(f.adbin, f.adrelid), s.description,
              CASE WHEN a.attcollation = 0 OR k.collname = 'default' THEN 'default'
                WHEN k.collprovider = 'b' OR k.collname IN ('C', 'POSIX', 'ucs_basic') THEN 'bytes'
                ELSE 'other' END,
              CASE WHEN has_table_privilege(a.attrelid, 'SELECT') THEN true
                ELSE has_column_privilege(a.attrelid, a.attnum, 'SELECT') END,
              CASE WHEN u.typtype IN ('e', 'd', 'r', 'c', 'm') AND un.nspname NOT IN ('pg_catalog', 'information_schema')
                THEN un.nspname || '.' || u.typname END,
              a.attndims
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN root r ON r.oid = a.atttypid
            JOIN pg_type b ON b.oid = COALESCE(r.base, a.atttypid)
            LEFT JOIN root er ON er.oid = b.typelem AND b.typinput = 'array_in'::regproc
            LEFT JOIN pg_type e ON b.typinput = 'array_in'::regproc AND e.oid = COALESCE(er.base, b.typelem)
            JOIN pg_type o ON o.oid = a.atttypid
            JOIN pg_type u ON u.oid = CASE WHEN o.typinput = 'array_in'::regproc THEN o.typelem ELSE o.oid END
            JOIN pg_namespace un ON un.oid = u.typnamespace
            LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
            LEFT JOIN pg_description s ON s.classoid = 'pg_class'::regclass AND s.objoid = a.attrelid AND s.objsubid = a.attnum
            LEFT JOIN pg_collation k ON k.oid = a.attcollation
            WHERE a.attnum > 0 AND NOT a.attisdropped
              AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
              AND n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'
            ORDER BY a.attrelid, a.attnum
            """;

    /** A foreign key that was never validated proves nothing about the rows, and one over periods pairs no equal values. */
    static final String CONSTRAINTS = """
            SELECT k.conrelid, k.contype::text, k.conname, k.conkey::int[], k.confrelid, k.confkey::int[]
            FROM pg_constraint k
            WHERE k.contype IN ('p', 'u', 'f') AND k.conrelid <> 0 AND k.convalidated
              AND (k.contype <> 'f' OR COALESCE(to_jsonb(k) ->> 'conperiod', 'false') = 'false')
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

    /** Where a parent has figures of its own and inherited ones, the inherited come last and cover more. */
    static final String STATISTICS = """
            SELECT s.schemaname, s.tablename, s.attname, s.null_frac::float8, s.avg_width, s.n_distinct::float8,
              s.most_common_vals::text, s.most_common_freqs::text, s.histogram_bounds::text
            FROM pg_stats s WHERE s.schemaname = ANY (?) AND s.tablename = ANY (?)
            ORDER BY s.schemaname, s.tablename, s.attname, s.inherited
            """;
}
