package io.calque.driver;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.avatica.ColumnMetaData;

/** What the connected engine holds, read from its {@code system.jdbc} tables. Single-threaded, as its connection. */
final class CalqueDatabaseMetaData extends CalqueFacts {
    private static final List<String> TABLES =
            names("TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME "
                    + "SELF_REFERENCING_COL_NAME REF_GENERATION");
    private static final List<String> COLUMNS =
            names("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE TYPE_NAME COLUMN_SIZE "
                    + "BUFFER_LENGTH DECIMAL_DIGITS NUM_PREC_RADIX NULLABLE REMARKS COLUMN_DEF SQL_DATA_TYPE "
                    + "SQL_DATETIME_SUB CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE SCOPE_CATALOG "
                    + "SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE IS_AUTOINCREMENT IS_GENERATEDCOLUMN");
    private static final List<String> PRIMARY_KEYS =
            names("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ PK_NAME");
    private static final List<String> FOREIGN_KEYS =
            names("PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM "
                    + "FKTABLE_NAME FKCOLUMN_NAME KEY_SEQ UPDATE_RULE DELETE_RULE FK_NAME PK_NAME "
                    + "DEFERRABILITY");
    private static final List<String> INDEXES =
            names("TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE INDEX_QUALIFIER INDEX_NAME TYPE "
                    + "ORDINAL_POSITION COLUMN_NAME ASC_OR_DESC CARDINALITY PAGES FILTER_CONDITION");
    private static final List<String> TYPE_INFO =
            names("TYPE_NAME DATA_TYPE PRECISION LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS NULLABLE "
                    + "CASE_SENSITIVE SEARCHABLE UNSIGNED_ATTRIBUTE FIXED_PREC_SCALE AUTO_INCREMENT "
                    + "LOCAL_TYPE_NAME MINIMUM_SCALE MAXIMUM_SCALE SQL_DATA_TYPE SQL_DATETIME_SUB "
                    + "NUM_PREC_RADIX");
    private static final List<String> SCHEMAS = names("TABLE_SCHEM TABLE_CATALOG");
    private static final List<String> BEST_ROW =
            names("SCOPE:S COLUMN_NAME DATA_TYPE:I TYPE_NAME COLUMN_SIZE:I BUFFER_LENGTH:I "
                    + "DECIMAL_DIGITS:S PSEUDO_COLUMN:S");

    private final CalqueConnection connection;

    CalqueDatabaseMetaData(CalqueConnection connection) {
        super(connection);
        this.connection = connection;
    }

    private static List<String> names(String text) {
        return Collections.unmodifiableList(Arrays.asList(text.split(" ")));
    }

    private CatalogQuery query(String table, List<String> columns) {
        return new CatalogQuery(connection, table, columns);
    }

    @Override
    public String getURL() {
        return connection.target().address();
    }

    @Override
    public String getUserName() {
        return connection.target().get(Option.USER);
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public ResultSet getCatalogs() throws SQLException {
        if (connection.isFlat()) {
            return connection.result(
                    Collections.singletonList(ResultShape.column(0, "TABLE_CAT", Types.VARCHAR)),
                    Collections.singletonList(new Object[] {FlatCatalog.NAME}));
        }
        return query("catalogs", Collections.singletonList("TABLE_CAT")).ordered("TABLE_CAT");
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        return getSchemas(null, null);
    }

    @Override
    public ResultSet getSchemas(String catalog, String schemaPattern) throws SQLException {
        return query("schemas", SCHEMAS)
                .in("TABLE_CATALOG", catalog, "TABLE_SCHEM", schemaPattern)
                .ordered("TABLE_CATALOG", "TABLE_SCHEM");
    }

    @Override
    public ResultSet getTableTypes() throws SQLException {
        return query("table_types", Collections.singletonList("TABLE_TYPE")).ordered("TABLE_TYPE");
    }

    @Override
    public ResultSet getTables(String catalog, String schemaPattern, String tableNamePattern, String[] types)
            throws SQLException {
        CatalogQuery tables = query("tables", TABLES)
                .in("TABLE_CAT", catalog, "TABLE_SCHEM", schemaPattern)
                .like("TABLE_NAME", tableNamePattern);
        if (types != null) {
            Set<String> wanted = new HashSet<>(Arrays.asList(types));
            int type = tables.index("TABLE_TYPE");
            tables.keep(row -> wanted.contains((String) row[type]));
        }
        return tables.ordered("TABLE_TYPE", "TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME");
    }

    @Override
    public ResultSet getColumns(String catalog, String schemaPattern, String tableNamePattern, String columnNamePattern)
            throws SQLException {
        return query("columns", COLUMNS)
                .in("TABLE_CAT", catalog, "TABLE_SCHEM", schemaPattern)
                .like("TABLE_NAME", tableNamePattern)
                .like("COLUMN_NAME", columnNamePattern)
                .ordered("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "ORDINAL_POSITION");
    }

    @Override
    public ResultSet getPrimaryKeys(String catalog, String schema, String table) throws SQLException {
        return query("primary_keys", PRIMARY_KEYS)
                .of("TABLE_", catalog, schema, table)
                .ordered("COLUMN_NAME");
    }

    @Override
    public ResultSet getImportedKeys(String catalog, String schema, String table) throws SQLException {
        return query("imported_keys", FOREIGN_KEYS)
                .of("FKTABLE_", catalog, schema, table)
                .ordered("PKTABLE_CAT", "PKTABLE_SCHEM", "PKTABLE_NAME", "FK_NAME", "KEY_SEQ");
    }

    @Override
    public ResultSet getExportedKeys(String catalog, String schema, String table) throws SQLException {
        return query("imported_keys", FOREIGN_KEYS)
                .of("PKTABLE_", catalog, schema, table)
                .ordered("FKTABLE_CAT", "FKTABLE_SCHEM", "FKTABLE_NAME", "FK_NAME", "KEY_SEQ");
    }

    @Override
    public ResultSet getCrossReference(
            String parentCatalog,
            String parentSchema,
            String parentTable,
            String foreignCatalog,
            String foreignSchema,
            String foreignTable)
            throws SQLException {
        return query("imported_keys", FOREIGN_KEYS)
                .of("PKTABLE_", parentCatalog, parentSchema, parentTable)
                .of("FKTABLE_", foreignCatalog, foreignSchema, foreignTable)
                .ordered("FKTABLE_CAT", "FKTABLE_SCHEM", "FKTABLE_NAME", "FK_NAME", "KEY_SEQ");
    }

    @Override
    public ResultSet getIndexInfo(String catalog, String schema, String table, boolean unique, boolean approximate)
            throws SQLException {
        CatalogQuery indexes = query("indexes", INDEXES).of("TABLE_", catalog, schema, table);
        if (unique) {
            int nonUnique = indexes.index("NON_UNIQUE");
            indexes.keep(row -> Boolean.FALSE.equals(row[nonUnique]));
        }
        return indexes.ordered("NON_UNIQUE", "TYPE", "INDEX_NAME", "ORDINAL_POSITION");
    }

    @Override
    public ResultSet getTypeInfo() throws SQLException {
        return query("type_info", TYPE_INFO).ordered("DATA_TYPE");
    }

    /** The columns of the primary key. */
    @Override
    public ResultSet getBestRowIdentifier(String catalog, String schema, String table, int scope, boolean nullable)
            throws SQLException {
        Set<String> key = new HashSet<>();
        try (ResultSet columns = getPrimaryKeys(catalog, schema, table)) {
            while (columns.next()) {
                key.add(columns.getString("COLUMN_NAME"));
            }
        }
        List<Object[]> rows = new ArrayList<>();
        String schemaPattern = schema == null ? null : escaped(schema);
        try (ResultSet columns = getColumns(catalog, schemaPattern, escaped(table), null)) {
            while (columns.next()) {
                if (key.contains(columns.getString("COLUMN_NAME"))) {
                    rows.add(new Object[] {
                        (long) DatabaseMetaData.bestRowSession,
                        columns.getString("COLUMN_NAME"),
                        columns.getLong("DATA_TYPE"),
                        columns.getString("TYPE_NAME"),
                        columns.getLong("COLUMN_SIZE"),
                        null,
                        columns.getLong("DECIMAL_DIGITS"),
                        (long) DatabaseMetaData.bestRowNotPseudo
                    });
                }
            }
        }
        return connection.result(shape(BEST_ROW), rows);
    }

    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
    }

    private static List<ColumnMetaData> shape(List<String> names) {
        List<ColumnMetaData> columns = new ArrayList<>();
        for (String name : names) {
            int colon = name.indexOf(':');
            int type = colon < 0 ? Types.VARCHAR : name.endsWith(":S") ? Types.SMALLINT : Types.INTEGER;
            columns.add(ResultShape.column(columns.size(), colon < 0 ? name : name.substring(0, colon), type));
        }
        return columns;
    }

    /** Calque has none of these; the result has JDBC's columns. {@code :S} marks a SMALLINT, {@code :I} an INTEGER. */
    private ResultSet none(String columns) throws SQLException {
        return connection.result(shape(names(columns)), Collections.emptyList());
    }

    @Override
    public ResultSet getProcedures(String catalog, String schemaPattern, String procedureNamePattern)
            throws SQLException {
        return none("PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME RESERVED1 RESERVED2 RESERVED3 REMARKS "
                + "PROCEDURE_TYPE:S SPECIFIC_NAME");
    }

    @Override
    public ResultSet getProcedureColumns(
            String catalog, String schemaPattern, String procedureNamePattern, String columnNamePattern)
            throws SQLException {
        return none("PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME COLUMN_NAME COLUMN_TYPE:S DATA_TYPE:I "
                + "TYPE_NAME PRECISION:I LENGTH:I SCALE:S RADIX:S NULLABLE:S REMARKS COLUMN_DEF "
                + "SQL_DATA_TYPE:I SQL_DATETIME_SUB:I CHAR_OCTET_LENGTH:I ORDINAL_POSITION:I IS_NULLABLE "
                + "SPECIFIC_NAME");
    }

    @Override
    public ResultSet getFunctions(String catalog, String schemaPattern, String functionNamePattern)
            throws SQLException {
        return none("FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE:S SPECIFIC_NAME");
    }

    @Override
    public ResultSet getFunctionColumns(
            String catalog, String schemaPattern, String functionNamePattern, String columnNamePattern)
            throws SQLException {
        return none("FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME COLUMN_NAME COLUMN_TYPE:S DATA_TYPE:I "
                + "TYPE_NAME PRECISION:I LENGTH:I SCALE:S RADIX:S NULLABLE:S REMARKS CHAR_OCTET_LENGTH:I "
                + "ORDINAL_POSITION:I IS_NULLABLE SPECIFIC_NAME");
    }

    @Override
    public ResultSet getColumnPrivileges(String catalog, String schema, String table, String columnNamePattern)
            throws SQLException {
        return none("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE");
    }

    @Override
    public ResultSet getTablePrivileges(String catalog, String schemaPattern, String tableNamePattern)
            throws SQLException {
        return none("TABLE_CAT TABLE_SCHEM TABLE_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE");
    }

    @Override
    public ResultSet getVersionColumns(String catalog, String schema, String table) throws SQLException {
        return none("SCOPE:S COLUMN_NAME DATA_TYPE:I TYPE_NAME COLUMN_SIZE:I BUFFER_LENGTH:I "
                + "DECIMAL_DIGITS:S PSEUDO_COLUMN:S");
    }

    @Override
    public ResultSet getUDTs(String catalog, String schemaPattern, String typeNamePattern, int[] types)
            throws SQLException {
        return none("TYPE_CAT TYPE_SCHEM TYPE_NAME CLASS_NAME DATA_TYPE:I REMARKS BASE_TYPE:S");
    }

    @Override
    public ResultSet getSuperTypes(String catalog, String schemaPattern, String typeNamePattern) throws SQLException {
        return none("TYPE_CAT TYPE_SCHEM TYPE_NAME SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME");
    }

    @Override
    public ResultSet getSuperTables(String catalog, String schemaPattern, String tableNamePattern) throws SQLException {
        return none("TABLE_CAT TABLE_SCHEM TABLE_NAME SUPERTABLE_NAME");
    }

    @Override
    public ResultSet getAttributes(
            String catalog, String schemaPattern, String typeNamePattern, String attributeNamePattern)
            throws SQLException {
        return none("TYPE_CAT TYPE_SCHEM TYPE_NAME ATTR_NAME DATA_TYPE:I ATTR_TYPE_NAME ATTR_SIZE:I "
                + "DECIMAL_DIGITS:I NUM_PREC_RADIX:I NULLABLE:I REMARKS ATTR_DEF SQL_DATA_TYPE:I "
                + "SQL_DATETIME_SUB:I CHAR_OCTET_LENGTH:I ORDINAL_POSITION:I IS_NULLABLE SCOPE_CATALOG "
                + "SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE:S");
    }

    @Override
    public ResultSet getClientInfoProperties() throws SQLException {
        return none("NAME MAX_LEN:I DEFAULT_VALUE DESCRIPTION");
    }

    @Override
    public ResultSet getPseudoColumns(
            String catalog, String schemaPattern, String tableNamePattern, String columnNamePattern)
            throws SQLException {
        return none("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:I COLUMN_SIZE:I "
                + "DECIMAL_DIGITS:I NUM_PREC_RADIX:I COLUMN_USAGE REMARKS CHAR_OCTET_LENGTH:I "
                + "IS_NULLABLE");
    }
}
