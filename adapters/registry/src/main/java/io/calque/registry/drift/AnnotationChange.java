package io.calque.registry.drift;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.Annotation;
import java.util.Locale;
import java.util.Optional;

/** A change of an override, a tag or an owner. Immutable; it names the object as its source does. */
public sealed interface AnnotationChange extends CatalogChange {
    Annotation annotation();

    /** Breaking when it changes the names or types that SQL sees. */
    @Override
    default Impact impact() {
        return switch (annotation().aspect()) {
            case TYPE, NAME, HIDDEN, NESTING -> Impact.BREAKING;
            case COMMENT, KEY, TAG, OWNER -> Impact.COMPATIBLE;
        };
    }

    @Override
    default Optional<SourceId> source() {
        return Optional.of(annotation().target().source());
    }

    @Override
    default Optional<TableName> table() {
        return annotation().target().table();
    }

    @Override
    default Optional<String> object() {
        return annotation().target().column();
    }

    private static String words(Annotation annotation) {
        String aspect = annotation.aspect().name().toLowerCase(Locale.ROOT);
        return (annotation.aspect().isOverride() ? "override of " + aspect : aspect)
                + (annotation.label().isEmpty() ? "" : " " + annotation.label());
    }

    private static String said(Annotation annotation) {
        return annotation.value().isEmpty() ? "" : " '" + annotation.value() + "'";
    }

    record AnnotationAdded(Annotation annotation) implements AnnotationChange {
        @Override
        public String description() {
            return words(annotation) + said(annotation) + " added to " + annotation.target();
        }
    }

    record AnnotationRemoved(Annotation annotation) implements AnnotationChange {
        @Override
        public String description() {
            return words(annotation) + said(annotation) + " removed from " + annotation.target();
        }
    }

    record AnnotationAltered(Annotation from, Annotation annotation) implements AnnotationChange {
        @Override
        public String description() {
            return words(annotation) + " of " + annotation.target() + " changed from '" + from.value() + "' to '"
                    + annotation.value() + "'";
        }
    }
}
