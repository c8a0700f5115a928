package io.calque.registry.drift;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.UserTypeDescriptor;
import java.util.Optional;

/** A change of a type that a source's users made. Immutable; never breaking, since what columns make of it is said with them. */
public sealed interface UserTypeChange extends CatalogChange {
    UserTypeDescriptor type();

    @Override
    default Impact impact() {
        return Impact.COMPATIBLE;
    }

    @Override
    default Optional<SourceId> source() {
        return Optional.of(type().source());
    }

    @Override
    default Optional<TableName> table() {
        return Optional.empty();
    }

    @Override
    default Optional<String> object() {
        return Optional.of(name(type()));
    }

    private static String name(UserTypeDescriptor type) {
        return type.schema().isEmpty() ? type.name() : type.schema() + "." + type.name();
    }

    private static String words(UserTypeDescriptor type) {
        return switch (type.kind()) {
            case ENUM -> "enum " + name(type) + " " + type.labels();
            case DOMAIN ->
                "domain " + name(type) + " over " + type.baseType().orElse("") + (type.nullable() ? "" : " not null")
                        + (type.checks().isEmpty() ? "" : " with " + type.checks());
            case COMPOSITE ->
                "composite " + name(type) + " "
                        + type.attributes().stream()
                                .map(a -> a.name() + " " + a.nativeType())
                                .toList();
            case RANGE -> "range " + name(type) + " over " + type.baseType().orElse("");
        };
    }

    record UserTypeAdded(UserTypeDescriptor type) implements UserTypeChange {
        @Override
        public String description() {
            return words(type) + " added";
        }
    }

    record UserTypeRemoved(UserTypeDescriptor type) implements UserTypeChange {
        @Override
        public String description() {
            return words(type) + " removed";
        }
    }

    /** The type kept its name and changed otherwise: another label, check, base type or attribute. */
    record UserTypeAltered(UserTypeDescriptor from, UserTypeDescriptor type) implements UserTypeChange {
        @Override
        public String description() {
            return words(from) + " became " + words(type);
        }
    }
}
