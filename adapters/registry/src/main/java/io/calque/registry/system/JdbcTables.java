package io.calque.registry.system;

import static io.calque.registry.system.SystemTableBuilder.table;

import io.calque.registry.system.Relations.ColumnOf;
import io.calque.registry.system.Relations.SchemaOf;
import io.calque.spi.catalog.ColumnDescriptor.Generation;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.SystemTable;
import io.calque.spi.catalog.SystemTable.SystemView;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.sql.DatabaseMetaData;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Schema {@code jdbc}: what {@link DatabaseMetaData} answers, with JDBC's column names in JDBC's order; the driver adds only
 * patterns and sorting. Stateless.
 */
final class JdbcTables {
    private static final String SCHEMA = "jdbc";

    private final Relations relations;

    private JdbcTables(Relations relations) {
        this.relations = relations;
    }

    static List<SystemTable> of(Relations relations) {
        JdbcTables jdbc = new JdbcTables(relations);
        return List.of(
                jdbc.catalogs(),
                jdbc.schemas(),
                jdbc.tables(),
                jdbc.columns(),
                jdbc.primaryKeys(),
                jdbc.importedKeys(),
                jdbc.indexes(),
                jdbc.tableTypes(),
                jdbc.typeInfo());
    }

    private SystemTable catalogs() {
        return table(SCHEMA, "catalogs", relations::catalogs)
                .text("TABLE_CAT", c -> c)
                .build();
    }

    private SystemTable schemas() {
        return table(SCHEMA, "schemas", relations::schemas)
                .text("TABLE_SCHEM", SchemaOf::schema)
                .text("TABLE_CATALOG", SchemaOf::catalog)
                .build();
    }

    private SystemTable tableTypes() {
        return table(SCHEMA, "table_types", v -> Stream.of("SYSTEM TABLE", "TABLE", "VIEW"))
                .text("TABLE_TYPE", t -> t)
                .build();
    }

    private SystemTable tables() {
        return table(SCHEMA, "tables", relations::all)
                .text("TABLE_CAT", Relation::catalog)
                .text("TABLE_SCHEM", Relation::schema)
                .text("TABLE_NAME", Relation::name)
                .text("TABLE_TYPE", Relation::jdbcType)
                .text("REMARKS", Relation::comment)
                .unknownTexts("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "SELF_REFERENCING_COL_NAME", "REF_GENERATION")
                .build();
    }

    private SystemTable columns() {
        return table(SCHEMA, "columns", relations::columns)
                .text("TABLE_CAT", c -> c.relation().catalog())
                .text("TABLE_SCHEM", c -> c.relation().schema())
                .text("TABLE_NAME", c -> c.relation().name())
                .text("COLUMN_NAME", c -> c.column().name())
                .integer("DATA_TYPE", c -> StandardTypes.jdbcCode(type(c).kind()))
                .text("TYPE_NAME", c -> StandardTypes.jdbcName(type(c)))
                .optionalInteger("COLUMN_SIZE", c -> StandardTypes.size(type(c)))
                .unknownNumbers("BUFFER_LENGTH")
                .optionalInteger("DECIMAL_DIGITS", c -> StandardTypes.digits(type(c)))
                .optionalInteger("NUM_PREC_RADIX", c -> StandardTypes.radix(type(c)))
                .integer(
                        "NULLABLE",
                        c -> c.column().nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls)
                .text("REMARKS", c -> c.column().comment())
                .optionalText("COLUMN_DEF", c -> c.column().defaultValue())
                .unknownNumbers("SQL_DATA_TYPE", "SQL_DATETIME_SUB")
                .optionalInteger("CHAR_OCTET_LENGTH", c -> StandardTypes.octets(type(c)))
                .integer("ORDINAL_POSITION", ColumnOf::position)
                .yesOrNo("IS_NULLABLE", c -> c.column().nullable())
                .unknownTexts("SCOPE_CATALOG", "SCOPE_SCHEMA", "SCOPE_TABLE")
                .column("SOURCE_DATA_TYPE", DataType.SMALLINT, Nullability.NULLABLE, c -> null)
                .yesOrNo("IS_AUTOINCREMENT", c -> c.column().generation() == Generation.IDENTITY)
                .yesOrNo("IS_GENERATEDCOLUMN", c -> c.column().generation() == Generation.COMPUTED)
                .build();
    }

    private static DataType type(ColumnOf column) {
        return column.column().type();
    }

    private SystemTable primaryKeys() {
        return table(
                        SCHEMA,
                        "primary_keys",
                        v -> relations
                                .constraints(v)
                                .filter(c -> c.type() == Constraint.Type.PRIMARY)
                                .flatMap(c -> c.eachColumn(i -> new KeyColumn(c, i, Optional.empty()))))
                .text("TABLE_CAT", k -> k.key().table().source().value())
                .text("TABLE_SCHEM", k -> k.key().table().schema())
                .text("TABLE_NAME", k -> k.key().table().table())
                .text("COLUMN_NAME", k -> k.key().columns().get(k.index()))
                .small("KEY_SEQ", k -> k.index() + 1L)
                .text("PK_NAME", k -> k.key().name())
                .build();
    }

    /** Read from either end: imported keys, exported keys and cross references are all rows of this table. */
    private SystemTable importedKeys() {
        return table(SCHEMA, "imported_keys", this::foreignKeyColumns)
                .text(
                        "PKTABLE_CAT",
                        k -> k.key().target().orElseThrow().source().value())
                .text("PKTABLE_SCHEM", k -> k.key().target().orElseThrow().schema())
                .text("PKTABLE_NAME", k -> k.key().target().orElseThrow().table())
                .text("PKCOLUMN_NAME", k -> k.key().targetColumns().get(k.index()))
                .text("FKTABLE_CAT", k -> k.key().table().source().value())
                .text("FKTABLE_SCHEM", k -> k.key().table().schema())
                .text("FKTABLE_NAME", k -> k.key().table().table())
                .text("FKCOLUMN_NAME", k -> k.key().columns().get(k.index()))
                .small("KEY_SEQ", k -> k.index() + 1L)
                .small("UPDATE_RULE", k -> DatabaseMetaData.importedKeyNoAction)
                .small("DELETE_RULE", k -> DatabaseMetaData.importedKeyNoAction)
                .text("FK_NAME", k -> k.key().name())
                .optionalText("PK_NAME", k -> k.referenced().map(Constraint::name))
                .small("DEFERRABILITY", k -> DatabaseMetaData.importedKeyNotDeferrable)
                .build();
    }

    private Stream<KeyColumn> foreignKeyColumns(SystemView view) {
        return relations
                .constraints(view)
                .filter(c -> c.type() == Constraint.Type.FOREIGN)
                .flatMap(c -> {
                    Optional<Constraint> referenced = c.referenced(c.target().flatMap(view.snapshot()::table));
                    return c.eachColumn(i -> new KeyColumn(c, i, referenced));
                });
    }

    private SystemTable indexes() {
        return table(SCHEMA, "indexes", v -> Relations.tables(v).flatMap(JdbcTables::indexColumns))
                .text("TABLE_CAT", i -> i.table().name().source().value())
                .text("TABLE_SCHEM", i -> i.table().name().schema())
                .text("TABLE_NAME", i -> i.table().name().table())
                .flag("NON_UNIQUE", i -> !i.index().unique())
                .unknownTexts("INDEX_QUALIFIER")
                .text("INDEX_NAME", i -> i.index().name())
                .small(
                        "TYPE",
                        i -> i.index().kind().toLowerCase(Locale.ROOT).contains("hash")
                                ? DatabaseMetaData.tableIndexHashed
                                : DatabaseMetaData.tableIndexOther)
                .small("ORDINAL_POSITION", i -> i.position() + 1L)
                .text("COLUMN_NAME", i -> i.column().name())
                .text("ASC_OR_DESC", i -> i.column().descending() ? "D" : "A")
                .column("CARDINALITY", DataType.BIGINT, Nullability.NOT_NULL, IndexColumn::cardinality)
                .column("PAGES", DataType.BIGINT, Nullability.NOT_NULL, i -> 0L)
                .optionalText(
                        "FILTER_CONDITION",
                        i -> Optional.of(i.index().condition()).filter(c -> !c.isEmpty()))
                .build();
    }

    private static Stream<IndexColumn> indexColumns(TableDescriptor table) {
        return table.indexes().stream()
                .flatMap(index -> IntStream.range(0, index.columns().size())
                        .mapToObj(position -> new IndexColumn(table, index, position)));
    }

    private SystemTable typeInfo() {
        return table(
                        SCHEMA,
                        "type_info",
                        v -> Arrays.stream(TypeKind.values())
                                .map(JdbcTables::widest)
                                .sorted(Comparator.comparingInt(t -> StandardTypes.jdbcCode(t.kind()))))
                .text("TYPE_NAME", t -> t.kind() == TypeKind.ARRAY ? "ARRAY" : StandardTypes.jdbcName(t))
                .integer("DATA_TYPE", t -> StandardTypes.jdbcCode(t.kind()))
                .optionalInteger("PRECISION", StandardTypes::size)
                .optionalText("LITERAL_PREFIX", t -> literal(t.kind()).map(Literal::prefix))
                .optionalText("LITERAL_SUFFIX", t -> literal(t.kind()).map(Literal::suffix))
                .optionalText(
                        "CREATE_PARAMS",
                        t -> t.kind() == TypeKind.DECIMAL ? Optional.of("precision,scale") : Optional.empty())
                .small("NULLABLE", t -> DatabaseMetaData.typeNullable)
                .flag("CASE_SENSITIVE", t -> t.kind() == TypeKind.VARCHAR)
                .small("SEARCHABLE", t -> searchable(t.kind()))
                .flag("UNSIGNED_ATTRIBUTE", t -> !t.isNumeric())
                .flag("FIXED_PREC_SCALE", t -> false)
                .flag("AUTO_INCREMENT", t -> false)
                .unknownTexts("LOCAL_TYPE_NAME")
                .small("MINIMUM_SCALE", t -> 0)
                .small(
                        "MAXIMUM_SCALE",
                        t -> t.kind() == TypeKind.DECIMAL
                                ? DataType.MAX_PRECISION
                                : StandardTypes.digits(t).orElse(0))
                .unknownNumbers("SQL_DATA_TYPE", "SQL_DATETIME_SUB")
                .optionalInteger("NUM_PREC_RADIX", StandardTypes::radix)
                .build();
    }

    private static DataType widest(TypeKind kind) {
        return switch (kind) {
            case DECIMAL -> DataType.decimal(DataType.MAX_PRECISION, 0);
            case ARRAY -> DataType.array(DataType.VARCHAR);
            default -> new DataType(kind, 0, 0, Optional.empty());
        };
    }

    private static Optional<Literal> literal(TypeKind kind) {
        return switch (kind) {
            case VARCHAR -> Optional.of(new Literal("'", "'"));
            case VARBINARY -> Optional.of(new Literal("X'", "'"));
            case DATE -> Optional.of(new Literal("DATE '", "'"));
            case TIME -> Optional.of(new Literal("TIME '", "'"));
            case TIMESTAMP -> Optional.of(new Literal("TIMESTAMP '", "'"));
            case ARRAY -> Optional.of(new Literal("ARRAY[", "]"));
            default -> Optional.empty();
        };
    }

    private static long searchable(TypeKind kind) {
        return switch (kind) {
            case VARCHAR -> DatabaseMetaData.typeSearchable;
            case ARRAY -> DatabaseMetaData.typePredNone;
            default -> DatabaseMetaData.typePredBasic;
        };
    }

    /** What stands around a value's text. */
    private record Literal(String prefix, String suffix) {}

    /**
     * @param index of the column in its key, from 0
     */
    private record KeyColumn(Constraint key, int index, Optional<Constraint> referenced) {}

    /**
     * @param position from 0
     */
    private record IndexColumn(TableDescriptor table, IndexDescriptor index, int position) {
        IndexDescriptor.IndexColumn column() {
            return index.columns().get(position);
        }

        /** Different values in the index, as far as known: of a unique one, the table's rows; 0 when unknown. */
        long cardinality() {
            if (index.unique()) {
                return Math.round(table.statistics().rowCount().orElse(0));
            }
            return index.columns().size() == 1
                    ? Math.round(table.statistics()
                            .column(column().name())
                            .distinctCount()
                            .orElse(0))
                    : 0;
        }
    }
}
