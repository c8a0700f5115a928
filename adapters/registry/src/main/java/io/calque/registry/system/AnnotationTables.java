package io.calque.registry.system;

import static io.calque.registry.system.SystemTableBuilder.table;

import io.calque.spi.TableName;
import io.calque.spi.catalog.Annotation;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.Cardinality;
import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.catalog.Relationship.Evidence;
import io.calque.spi.catalog.Relationship.State;
import io.calque.spi.catalog.SystemTable;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.UserTypeDescriptor;
import io.calque.spi.type.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Schema {@code system}, what stands beside tables: user types, relationships, overrides, tags, owners. Stateless. */
final class AnnotationTables {
    private static final String SCHEMA = "system";

    private AnnotationTables() {}

    static List<SystemTable> all() {
        return List.of(userTypes(), relationships(), overrides(), tags(), owners());
    }

    private static SystemTable userTypes() {
        return table(SCHEMA, "user_types", v -> Relations.sources(v).flatMap(s -> s.userTypes().stream()))
                .text("source", t -> t.source().value())
                .text("schema_name", UserTypeDescriptor::schema)
                .text("type_name", UserTypeDescriptor::name)
                .text("kind", t -> lower(t.kind()))
                .optionalText("base_type", UserTypeDescriptor::baseType)
                .flag("is_nullable", UserTypeDescriptor::nullable)
                .optionalText("default_value", UserTypeDescriptor::defaultValue)
                .texts("checks", UserTypeDescriptor::checks)
                .texts("labels", UserTypeDescriptor::labels)
                .texts(
                        "attributes",
                        t -> t.attributes().stream()
                                .map(a -> a.name() + " " + a.nativeType())
                                .toList())
                .text("comment", UserTypeDescriptor::comment)
                .build();
    }

    /** Declared foreign keys, which are certain, and what was inferred, confirmed or rejected. */
    private static SystemTable relationships() {
        return table(
                        SCHEMA,
                        "relationships",
                        v -> Stream.concat(
                                Relations.tables(v).flatMap(AnnotationTables::declared),
                                v.snapshot().relationships().stream().map(r -> new Named("", r))))
                .text("name", Named::name)
                .text("from_source", r -> r.from().table().source().value())
                .text("from_schema", r -> r.from().table().schema())
                .text("from_table", r -> r.from().table().table())
                .texts("from_columns", r -> r.from().columns())
                .text("to_source", r -> r.to().table().source().value())
                .text("to_schema", r -> r.to().table().schema())
                .text("to_table", r -> r.to().table().table())
                .texts("to_columns", r -> r.to().columns())
                .text("origin", r -> lower(r.relationship().state()))
                .column(
                        "confidence",
                        DataType.DOUBLE,
                        Nullability.NOT_NULL,
                        r -> r.relationship().confidence())
                .text("cardinality", r -> lower(r.relationship().cardinality()))
                .texts(
                        "evidence",
                        r -> r.relationship().evidence().stream()
                                .map(Evidence::text)
                                .toList())
                .build();
    }

    private static Stream<Named> declared(TableDescriptor table) {
        return Constraint.of(table).stream()
                .filter(c -> c.target().isPresent())
                .map(c -> new Named(
                        c.name(),
                        new Relationship(
                                new End(table.name(), c.columns()),
                                new End(c.target().orElseThrow(), c.targetColumns()),
                                oneToOne(table, c.columns()) ? Cardinality.ONE_TO_ONE : Cardinality.MANY_TO_ONE,
                                1,
                                List.of(),
                                State.DECLARED)));
    }

    private static boolean oneToOne(TableDescriptor table, List<String> columns) {
        return Stream.concat(table.primaryKey().stream(), table.uniqueKeys().stream())
                .anyMatch(k -> columns.containsAll(k.columns()));
    }

    private static SystemTable overrides() {
        return annotations("overrides", a -> a.aspect().isOverride())
                .text("aspect", a -> lower(a.aspect()))
                .text("value", Annotation::value)
                .text("author", Annotation::changedBy)
                .instant("changed_at", a -> Optional.of(a.changedAt()))
                .big("revision", Annotation::revision)
                .optionalText("problem", Annotation::problem)
                .build();
    }

    private static SystemTable tags() {
        return annotations("tags", a -> a.aspect() == Aspect.TAG)
                .text("tag", Annotation::label)
                .text("value", Annotation::value)
                .text("author", Annotation::changedBy)
                .instant("changed_at", a -> Optional.of(a.changedAt()))
                .big("revision", Annotation::revision)
                .optionalText("problem", Annotation::problem)
                .build();
    }

    private static SystemTable owners() {
        return annotations("owners", a -> a.aspect() == Aspect.OWNER)
                .text("owner", Annotation::value)
                .text("author", Annotation::changedBy)
                .instant("changed_at", a -> Optional.of(a.changedAt()))
                .big("revision", Annotation::revision)
                .optionalText("problem", Annotation::problem)
                .build();
    }

    /** Objects go by the names of their sources, which an override of the name does not change. */
    private static SystemTableBuilder<Annotation> annotations(String name, Predicate<Annotation> which) {
        return table(SCHEMA, name, v -> v.snapshot().annotations().stream().filter(which))
                .text("source", a -> a.target().source().value())
                .optionalText("schema_name", a -> a.target().table().map(TableName::schema))
                .optionalText("table_name", a -> a.target().table().map(TableName::table))
                .optionalText("column_name", a -> a.target().column());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param name the source's, for a foreign key; else empty
     */
    private record Named(String name, Relationship relationship) {
        End from() {
            return relationship.from();
        }

        End to() {
            return relationship.to();
        }
    }
}
