package io.calque.registry.annotate;

import io.calque.spi.catalog.Annotation;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.Annotation.Target;
import java.util.Optional;

/**
 * A person's change of one override, tag or owner. Immutable.
 *
 * @param label the tag for TAG; empty for every other aspect
 * @param value what is said from now on, in the form that {@link Aspect} tells; empty to take it back
 * @param revision the {@link Annotation#revision} that the person saw; {@link #NEW} when there was none
 * @param author the person
 */
public record AnnotationEdit(
        Target target, Aspect aspect, String label, Optional<String> value, long revision, String author) {
    /** The revision of what does not exist. */
    public static final long NEW = 0;

    public AnnotationEdit {
        if ((aspect == Aspect.TAG) == label.isEmpty()) {
            throw new IllegalArgumentException("exactly a tag has a label");
        }
    }

    /** Says something that was not said before. */
    public static AnnotationEdit set(Target target, Aspect aspect, String value, String author) {
        return new AnnotationEdit(target, aspect, "", Optional.of(value), NEW, author);
    }

    public static AnnotationEdit tag(Target target, String tag, String value, String author) {
        return new AnnotationEdit(target, Aspect.TAG, tag, Optional.of(value), NEW, author);
    }

    /** Says something else instead of {@code present}. */
    public static AnnotationEdit replace(Annotation present, String value, String author) {
        return new AnnotationEdit(
                present.target(), present.aspect(), present.label(), Optional.of(value), present.revision(), author);
    }

    /** Takes {@code present} back. */
    public static AnnotationEdit remove(Annotation present, String author) {
        return new AnnotationEdit(
                present.target(), present.aspect(), present.label(), Optional.empty(), present.revision(), author);
    }

    /** For messages: {@code type of crm.public.orders.total}. */
    public String subject() {
        return (label.isEmpty() ? aspect.name().toLowerCase(java.util.Locale.ROOT) : "tag " + label) + " of " + target;
    }
}
