package io.calque.registry.system;

import static io.calque.registry.system.SystemTableBuilder.table;

import io.calque.registry.system.Relations.ColumnOf;
import io.calque.registry.system.Relations.SchemaOf;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor.Generation;
import io.calque.spi.catalog.Facts;
import io.calque.spi.catalog.SystemTable;
import io.calque.spi.catalog.SystemTable.SystemView;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Schema {@code information_schema}: the standard's views with PostgreSQL's columns in PostgreSQL's order, over all catalogs.
 * Stateless.
 */
final class InformationSchema {
    private static final String SCHEMA = "information_schema";

    private final Relations relations;

    private InformationSchema(Relations relations) {
        this.relations = relations;
    }

    static List<SystemTable> of(Relations relations) {
        InformationSchema schema = new InformationSchema(relations);
        return List.of(
                schema.schemata(),
                schema.tables(),
                schema.columns(),
                schema.views(),
                schema.tableConstraints(),
                schema.keyColumnUsage(),
                schema.referentialConstraints());
    }

    private SystemTable schemata() {
        return table(SCHEMA, "schemata", relations::schemas)
                .text("catalog_name", SchemaOf::catalog)
                .text("schema_name", SchemaOf::schema)
                .unknownTexts(
                        "schema_owner",
                        "default_character_set_catalog",
                        "default_character_set_schema",
                        "default_character_set_name",
                        "sql_path")
                .build();
    }

    private SystemTable tables() {
        return table(SCHEMA, "tables", relations::all)
                .text("table_catalog", Relation::catalog)
                .text("table_schema", Relation::schema)
                .text("table_name", Relation::name)
                .text("table_type", Relation::standardType)
                .unknownTexts(
                        "self_referencing_column_name",
                        "reference_generation",
                        "user_defined_type_catalog",
                        "user_defined_type_schema",
                        "user_defined_type_name")
                .constant("is_insertable_into", "NO")
                .constant("is_typed", "NO")
                .unknownTexts("commit_action")
                .build();
    }

    private SystemTable columns() {
        return table(SCHEMA, "columns", relations::columns)
                .text("table_catalog", c -> c.relation().catalog())
                .text("table_schema", c -> c.relation().schema())
                .text("table_name", c -> c.relation().name())
                .text("column_name", c -> c.column().name())
                .integer("ordinal_position", ColumnOf::position)
                .optionalText("column_default", c -> c.column().defaultValue())
                .yesOrNo("is_nullable", c -> c.column().nullable())
                .text("data_type", c -> StandardTypes.standardName(type(c)))
                .unknownNumbers("character_maximum_length")
                .optionalInteger("character_octet_length", c -> only(c, TypeKind.VARCHAR, StandardTypes::octets))
                .optionalInteger("numeric_precision", c -> numeric(c, StandardTypes::size))
                .optionalInteger("numeric_precision_radix", c -> numeric(c, StandardTypes::radix))
                .optionalInteger("numeric_scale", c -> numeric(c, StandardTypes::digits))
                .optionalInteger("datetime_precision", InformationSchema::datetimePrecision)
                .unknownTexts("interval_type")
                .unknownNumbers("interval_precision")
                .unknownTexts(
                        "character_set_catalog",
                        "character_set_schema",
                        "character_set_name",
                        "collation_catalog",
                        "collation_schema",
                        "collation_name",
                        "domain_catalog",
                        "domain_schema",
                        "domain_name",
                        "udt_catalog",
                        "udt_schema",
                        "udt_name",
                        "scope_catalog",
                        "scope_schema",
                        "scope_name")
                .unknownNumbers("maximum_cardinality")
                .text("dtd_identifier", c -> Integer.toString(c.position()))
                .constant("is_self_referencing", "NO")
                .yesOrNo("is_identity", c -> c.column().generation() == Generation.IDENTITY)
                .optionalText(
                        "identity_generation",
                        c -> Optional.ofNullable(c.column().facts().get(Facts.IDENTITY))
                                .map(text -> text.toUpperCase(Locale.ROOT)))
                .unknownTexts("identity_start", "identity_increment", "identity_maximum", "identity_minimum")
                .constant("identity_cycle", "NO")
                .text("is_generated", c -> c.column().generation() == Generation.COMPUTED ? "ALWAYS" : "NEVER")
                .unknownTexts("generation_expression")
                .constant("is_updatable", "NO")
                .build();
    }

    private static DataType type(ColumnOf column) {
        return column.column().type();
    }

    private static Optional<Integer> only(ColumnOf column, TypeKind kind, Function<DataType, Optional<Integer>> fact) {
        return type(column).kind() == kind ? fact.apply(type(column)) : Optional.empty();
    }

    private static Optional<Integer> numeric(ColumnOf column, Function<DataType, Optional<Integer>> fact) {
        return type(column).isNumeric() ? fact.apply(type(column)) : Optional.empty();
    }

    private static Optional<Integer> datetimePrecision(ColumnOf column) {
        return switch (type(column).kind()) {
            case DATE -> Optional.of(0);
            case TIME, TIMESTAMP, TIMESTAMP_TZ -> Optional.of(StandardTypes.TIME_DIGITS);
            default -> Optional.empty();
        };
    }

    private SystemTable views() {
        return table(SCHEMA, "views", relations::definitions)
                .constant("table_catalog", Relation.VIEW_CATALOG)
                .constant("table_schema", Relation.VIEW_SCHEMA)
                .text("table_name", d -> d.view().name())
                .optionalText("view_definition", Relations.Definition::text)
                .constant("check_option", "NONE")
                .constant("is_updatable", "NO")
                .constant("is_insertable_into", "NO")
                .constant("is_trigger_updatable", "NO")
                .constant("is_trigger_deletable", "NO")
                .constant("is_trigger_insertable_into", "NO")
                .build();
    }

    private SystemTable tableConstraints() {
        return constraint("table_constraints", relations::constraints, c -> c)
                .text("table_catalog", c -> c.table().source().value())
                .text("table_schema", c -> c.table().schema())
                .text("table_name", c -> c.table().table())
                .text("constraint_type", c -> c.type().words())
                .constant("is_deferrable", "NO")
                .constant("initially_deferred", "NO")
                // Sources enforce their keys; Calque, which never writes, has nothing to enforce.
                .constant("enforced", "YES")
                .optionalText(
                        "nulls_distinct",
                        c -> c.type() == Constraint.Type.UNIQUE ? Optional.of("YES") : Optional.empty())
                .build();
    }

    private SystemTable keyColumnUsage() {
        return constraint("key_column_usage", this::usages, KeyUsage::constraint)
                .text("table_catalog", k -> k.constraint().table().source().value())
                .text("table_schema", k -> k.constraint().table().schema())
                .text("table_name", k -> k.constraint().table().table())
                .text("column_name", KeyUsage::column)
                .integer("ordinal_position", k -> k.index() + 1L)
                .optionalInteger("position_in_unique_constraint", KeyUsage::referencedPosition)
                .build();
    }

    private Stream<KeyUsage> usages(SystemView view) {
        return relations.constraints(view).flatMap(c -> {
            Optional<Constraint> referenced = referenced(view, c);
            return c.eachColumn(i -> new KeyUsage(c, i, referenced));
        });
    }

    private static Optional<Constraint> referenced(SystemView view, Constraint constraint) {
        return constraint.target().isEmpty()
                ? Optional.empty()
                : constraint.referenced(
                        view.snapshot().table(constraint.target().get()));
    }

    private SystemTable referentialConstraints() {
        return constraint(
                        "referential_constraints",
                        v -> relations
                                .constraints(v)
                                .filter(c -> c.type() == Constraint.Type.FOREIGN)
                                .map(c -> new Reference(c, referenced(v, c))),
                        Reference::constraint)
                .optionalText(
                        "unique_constraint_catalog",
                        r -> r.referenced().map(c -> c.table().source().value()))
                .optionalText(
                        "unique_constraint_schema",
                        r -> r.referenced().map(c -> c.table().schema()))
                .optionalText("unique_constraint_name", r -> r.referenced().map(Constraint::name))
                .constant("match_option", "NONE")
                .constant("update_rule", "NO ACTION")
                .constant("delete_rule", "NO ACTION")
                .build();
    }

    private static <R> SystemTableBuilder<R> constraint(
            String name, Function<SystemView, Stream<R>> rows, Function<R, Constraint> constraint) {
        Function<R, TableName> owner = row -> constraint.apply(row).table();
        return table(SCHEMA, name, rows)
                .text("constraint_catalog", r -> owner.apply(r).source().value())
                .text("constraint_schema", r -> owner.apply(r).schema())
                .text("constraint_name", r -> constraint.apply(r).name());
    }

    private record Reference(Constraint constraint, Optional<Constraint> referenced) {}

    /**
     * @param index of the column in its key, from 0
     */
    private record KeyUsage(Constraint constraint, int index, Optional<Constraint> referenced) {
        String column() {
            return constraint.columns().get(index);
        }

        Optional<Integer> referencedPosition() {
            return referenced.map(
                    key -> key.columns().indexOf(constraint.targetColumns().get(index)) + 1);
        }
    }
}
