package io.calque.app.avatica;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * What Avatica's protocol can ask about metadata, answered from {@code system.jdbc}; and the requests that it cannot carry or that
 * Calque refuses. Calque's driver asks {@code system.jdbc} itself, as the protocol knows no keys or indexes.
 */
abstract class MetadataMeta implements Meta {
    private static final List<String> TABLES = names(
            "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME SELF_REFERENCING_COL_NAME REF_GENERATION");
    private static final List<String> COLUMNS = names(
            "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE TYPE_NAME COLUMN_SIZE BUFFER_LENGTH DECIMAL_DIGITS NUM_PREC_RADIX NULLABLE REMARKS COLUMN_DEF SQL_DATA_TYPE SQL_DATETIME_SUB CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE IS_AUTOINCREMENT IS_GENERATEDCOLUMN");
    private static final List<String> SCHEMAS = names("TABLE_SCHEM TABLE_CATALOG");
    private static final List<String> CATALOGS = names("TABLE_CAT");
    private static final List<String> TABLE_TYPES = names("TABLE_TYPE");
    private static final List<String> TYPE_INFO = names(
            "TYPE_NAME DATA_TYPE PRECISION LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS NULLABLE CASE_SENSITIVE SEARCHABLE UNSIGNED_ATTRIBUTE FIXED_PREC_SCALE AUTO_INCREMENT LOCAL_TYPE_NAME MINIMUM_SCALE MAXIMUM_SCALE SQL_DATA_TYPE SQL_DATETIME_SUB NUM_PREC_RADIX");

    private static List<String> names(String text) {
        return Arrays.asList(text.split(" "));
    }

    /** Runs a query of the jdbc tables. */
    protected abstract MetaResultSet metadata(ConnectionHandle ch, MetadataRequest request);

    @Override
    public MetaResultSet getTables(
            ConnectionHandle ch,
            @Nullable String catalog,
            Pat schemaPattern,
            Pat tableNamePattern,
            @Nullable List<String> typeList) {
        return metadata(
                ch,
                MetadataRequest.of("tables", TABLES)
                        .equal("TABLE_CAT", catalog)
                        .like("TABLE_SCHEM", schemaPattern.s)
                        .like("TABLE_NAME", tableNamePattern.s)
                        .oneOf("TABLE_TYPE", typeList)
                        .orderBy("TABLE_TYPE", "TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME"));
    }

    @Override
    public MetaResultSet getColumns(
            ConnectionHandle ch,
            @Nullable String catalog,
            Pat schemaPattern,
            Pat tableNamePattern,
            Pat columnNamePattern) {
        return metadata(
                ch,
                MetadataRequest.of("columns", COLUMNS)
                        .equal("TABLE_CAT", catalog)
                        .like("TABLE_SCHEM", schemaPattern.s)
                        .like("TABLE_NAME", tableNamePattern.s)
                        .like("COLUMN_NAME", columnNamePattern.s)
                        .orderBy("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "ORDINAL_POSITION"));
    }

    @Override
    public MetaResultSet getSchemas(ConnectionHandle ch, @Nullable String catalog, Pat schemaPattern) {
        return metadata(
                ch,
                MetadataRequest.of("schemas", SCHEMAS)
                        .equal("TABLE_CATALOG", catalog)
                        .like("TABLE_SCHEM", schemaPattern.s)
                        .orderBy("TABLE_CATALOG", "TABLE_SCHEM"));
    }

    @Override
    public MetaResultSet getCatalogs(ConnectionHandle ch) {
        return metadata(ch, MetadataRequest.of("catalogs", CATALOGS).orderBy("TABLE_CAT"));
    }

    @Override
    public MetaResultSet getTableTypes(ConnectionHandle ch) {
        return metadata(ch, MetadataRequest.of("table_types", TABLE_TYPES).orderBy("TABLE_TYPE"));
    }

    @Override
    public MetaResultSet getTypeInfo(ConnectionHandle ch) {
        return metadata(ch, MetadataRequest.of("type_info", TYPE_INFO).orderBy("DATA_TYPE"));
    }

    @Override
    public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle ch) {
        return DatabaseFacts.PROPERTIES;
    }

    private static UnsupportedOperationException notInProtocol() {
        return new UnsupportedOperationException("Avatica's protocol has no such request");
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("Calque reads only: batches of updates are not supported");
    }

    @Override
    public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle h, List<String> sqlCommands) {
        throw readOnly();
    }

    @Override
    public ExecuteBatchResult executeBatch(StatementHandle h, List<List<TypedValue>> parameterValues) {
        throw readOnly();
    }

    @Override
    @Deprecated
    public ExecuteResult prepareAndExecute(StatementHandle h, String sql, long maxRowCount, PrepareCallback callback) {
        throw notInProtocol();
    }

    @Override
    @Deprecated
    public ExecuteResult execute(StatementHandle h, List<TypedValue> parameterValues, long maxRowCount) {
        throw notInProtocol();
    }

    @Override
    public Iterable<Object> createIterable(
            StatementHandle stmt,
            QueryState state,
            Signature signature,
            List<TypedValue> parameters,
            Frame firstFrame) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getProcedures(
            ConnectionHandle ch, String catalog, Pat schemaPattern, Pat procedureNamePattern) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getProcedureColumns(
            ConnectionHandle ch, String catalog, Pat schemaPattern, Pat procedureNamePattern, Pat columnNamePattern) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getColumnPrivileges(
            ConnectionHandle ch, String catalog, String schema, String table, Pat columnNamePattern) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getTablePrivileges(
            ConnectionHandle ch, String catalog, Pat schemaPattern, Pat tableNamePattern) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getBestRowIdentifier(
            ConnectionHandle ch, String catalog, String schema, String table, int scope, boolean nullable) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getVersionColumns(ConnectionHandle ch, String catalog, String schema, String table) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getPrimaryKeys(ConnectionHandle ch, String catalog, String schema, String table) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getImportedKeys(ConnectionHandle ch, String catalog, String schema, String table) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getExportedKeys(ConnectionHandle ch, String catalog, String schema, String table) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getCrossReference(
            ConnectionHandle ch,
            String parentCatalog,
            String parentSchema,
            String parentTable,
            String foreignCatalog,
            String foreignSchema,
            String foreignTable) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getIndexInfo(
            ConnectionHandle ch, String catalog, String schema, String table, boolean unique, boolean approximate) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getUDTs(
            ConnectionHandle ch, String catalog, Pat schemaPattern, Pat typeNamePattern, int[] types) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getSuperTypes(ConnectionHandle ch, String catalog, Pat schemaPattern, Pat typeNamePattern) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getSuperTables(ConnectionHandle ch, String catalog, Pat schemaPattern, Pat tableNamePattern) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getAttributes(
            ConnectionHandle ch, String catalog, Pat schemaPattern, Pat typeNamePattern, Pat attributeNamePattern) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getClientInfoProperties(ConnectionHandle ch) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getFunctions(ConnectionHandle ch, String catalog, Pat schemaPattern, Pat functionNamePattern) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getFunctionColumns(
            ConnectionHandle ch, String catalog, Pat schemaPattern, Pat functionNamePattern, Pat columnNamePattern) {
        throw notInProtocol();
    }

    @Override
    public MetaResultSet getPseudoColumns(
            ConnectionHandle ch, String catalog, Pat schemaPattern, Pat tableNamePattern, Pat columnNamePattern) {
        throw notInProtocol();
    }
}
