package io.calque.spi.catalog;

import io.calque.spi.SourceId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A type that the source's users made. Columns name it by {@link Facts#USER_TYPE}.
 *
 * @param schema the schema that holds it; may be empty where types have none
 * @param name in the source's own spelling
 * @param baseType the source's spelling of the type beneath: of a DOMAIN the type it narrows, of a RANGE the type of its
 *     bounds; empty for the other kinds
 * @param nullable whether the type itself lets NULL in; false only for a DOMAIN that says NOT NULL
 * @param defaultValue what a DOMAIN gives when nothing is given, in the source's text
 * @param checks conditions of a DOMAIN in the source's text, in the order of their names
 * @param labels of an ENUM, in the type's own order, which is also the order in which its values compare
 * @param attributes of a COMPOSITE, in order
 * @param comment the source's comment, empty where there is none
 */
public record UserTypeDescriptor(
        SourceId source,
        String schema,
        String name,
        Kind kind,
        Optional<String> baseType,
        boolean nullable,
        Optional<String> defaultValue,
        List<String> checks,
        List<String> labels,
        List<Attribute> attributes,
        String comment) {

    /** By schema, then name. */
    public static final Comparator<UserTypeDescriptor> BY_NAME =
            Comparator.comparing(UserTypeDescriptor::schema).thenComparing(UserTypeDescriptor::name);

    public UserTypeDescriptor {
        checks = List.copyOf(checks);
        labels = List.copyOf(labels);
        attributes = List.copyOf(attributes);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("user type without a name");
        }
        if (baseType.isEmpty() && (kind == Kind.DOMAIN || kind == Kind.RANGE)) {
            throw new IllegalArgumentException("type " + name + " stands on no other type");
        }
    }

    public static UserTypeDescriptor enumeration(SourceId source, String schema, String name, List<String> labels) {
        return new UserTypeDescriptor(
                source,
                schema,
                name,
                Kind.ENUM,
                Optional.empty(),
                true,
                Optional.empty(),
                List.of(),
                labels,
                List.of(),
                "");
    }

    public static UserTypeDescriptor domain(
            SourceId source,
            String schema,
            String name,
            String baseType,
            ColumnDescriptor.Nullability nullability,
            Optional<String> defaultValue,
            List<String> checks) {
        return new UserTypeDescriptor(
                source,
                schema,
                name,
                Kind.DOMAIN,
                Optional.of(baseType),
                nullability == ColumnDescriptor.Nullability.NULLABLE,
                defaultValue,
                checks,
                List.of(),
                List.of(),
                "");
    }

    public static UserTypeDescriptor composite(
            SourceId source, String schema, String name, List<Attribute> attributes) {
        return new UserTypeDescriptor(
                source,
                schema,
                name,
                Kind.COMPOSITE,
                Optional.empty(),
                true,
                Optional.empty(),
                List.of(),
                List.of(),
                attributes,
                "");
    }

    public static UserTypeDescriptor range(SourceId source, String schema, String name, String boundType) {
        return new UserTypeDescriptor(
                source,
                schema,
                name,
                Kind.RANGE,
                Optional.of(boundType),
                true,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                "");
    }

    public UserTypeDescriptor withComment(String newComment) {
        return new UserTypeDescriptor(
                source, schema, name, kind, baseType, nullable, defaultValue, checks, labels, attributes, newComment);
    }

    /** What a type is in its source. */
    public enum Kind {
        ENUM,
        DOMAIN,
        COMPOSITE,
        RANGE
    }

    /**
     * A field of a composite type.
     *
     * @param nativeType the source's spelling of its type
     */
    public record Attribute(String name, String nativeType) {}
}
