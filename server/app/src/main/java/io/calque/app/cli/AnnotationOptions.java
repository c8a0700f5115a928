package io.calque.app.cli;

import static io.calque.app.cli.RegistryOptions.number;
import static io.calque.app.cli.RegistryOptions.text;

import io.calque.app.client.AnswerColumn;
import io.calque.registry.annotate.AnnotationEdit;
import io.calque.registry.store.Publication;
import io.calque.registry.store.Registry;
import io.calque.spi.catalog.Annotation;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.Annotation.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who says something, and from which revision on. */
final class AnnotationOptions {
    @Option(names = "--author", paramLabel = "NAME", description = "Who says so (default: the user of this machine).")
    private @Nullable String author;

    @Option(
            names = "--revision",
            paramLabel = "N",
            description = "Refuse when it is not at this revision any more (default: whatever it is at now).")
    private @Nullable Long revision;

    String author() {
        return author == null ? System.getProperty("user.name", "") : author;
    }

    Optional<Long> revision() {
        return Optional.ofNullable(revision);
    }

    /**
     * Says something, or takes it back.
     *
     * @return whether anything changed
     */
    boolean say(Registry registry, Target target, Aspect aspect, String label, Optional<String> value) {
        long now = registry.current().annotations().stream()
                .filter(a -> a.target().equals(target)
                        && a.aspect() == aspect
                        && a.label().equals(label))
                .mapToLong(Annotation::revision)
                .findFirst()
                .orElse(AnnotationEdit.NEW);
        Publication publication = registry.annotate(
                new AnnotationEdit(target, aspect, label, value, revision().orElse(now), author()));
        return publication.published();
    }

    /** Prints what is said, one annotation a row. */
    static void print(CommandContext context, RegistryOptions options, Registry registry, Predicate<Annotation> which)
            throws IOException {
        List<AnswerColumn> columns = List.of(
                text("object"),
                text("aspect"),
                text("value"),
                number("revision"),
                text("author"),
                text("changed_at"),
                text("problem"));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        registry.current().annotations().stream()
                .filter(which)
                .forEach(a -> rows.add(List.of(
                        a.target().toString(),
                        a.label().isEmpty() ? a.aspect().name().toLowerCase(Locale.ROOT) : a.label(),
                        a.value(),
                        a.revision(),
                        a.changedBy(),
                        a.changedAt().toString(),
                        a.problem().orElse(""))));
        options.print(context, columns, rows);
    }
}
