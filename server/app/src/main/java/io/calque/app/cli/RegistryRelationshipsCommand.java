package io.calque.app.cli;

import static io.calque.app.cli.RegistryOptions.number;
import static io.calque.app.cli.RegistryOptions.text;

import io.calque.registry.annotate.RelationshipDecision;
import io.calque.registry.store.Registry;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.Cardinality;
import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.catalog.Relationship.Evidence;
import io.calque.spi.catalog.Relationship.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "relationships",
        description = "List inferred relationships, and confirm, reject or reopen one.",
        footer = {
            "",
            "calque registry relationships confirm crm.public.orders.customer_id shop.main.customers.id",
            "Several columns are separated by commas: orders.a,b. A rejected one is not proposed again."
        })
final class RegistryRelationshipsCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private final RegistryOptions options = new RegistryOptions();

    @Mixin
    private final AnnotationOptions annotation = new AnnotationOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "confirm|reject|reopen", description = "What to do with it.")
    private @Nullable Verb verb;

    @Parameters(index = "1", arity = "0..1", paramLabel = "FROM", description = "The referring columns.")
    private @Nullable String from;

    @Parameters(index = "2", arity = "0..1", paramLabel = "TO", description = "The key they refer to.")
    private @Nullable String to;

    RegistryRelationshipsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (Registry registry = options.open(context)) {
            if (verb != null) {
                decide(registry, verb);
            }
            print(registry);
            return ExitCode.OK;
        }
    }

    private void decide(Registry registry, Verb decision) {
        if (from == null || to == null) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(),
                    "Name both ends: " + decision.name().toLowerCase(Locale.ROOT) + " FROM TO.");
        }
        ObjectNames names = new ObjectNames(registry.current());
        End referring = names.end(from);
        End key = names.end(to);
        long revision = annotation
                .revision()
                .orElseGet(() -> registry.revisionOf(
                        new Relationship(referring, key, Cardinality.MANY_TO_ONE, 1, List.of(), State.INFERRED)));
        registry.decide(new RelationshipDecision(referring, key, decision.state, annotation.author()), revision);
    }

    private void print(Registry registry) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Relationship relationship : registry.current().relationships()) {
            rows.add(List.of(
                    relationship.from().toString(),
                    relationship.to().toString(),
                    relationship.state().name().toLowerCase(Locale.ROOT),
                    String.format(Locale.ROOT, "%.2f", relationship.confidence()),
                    registry.revisionOf(relationship),
                    relationship.evidence().stream().map(Evidence::text).collect(Collectors.joining("; "))));
        }
        options.print(
                context,
                List.of(
                        text("from"),
                        text("to"),
                        text("state"),
                        text("confidence"),
                        number("revision"),
                        text("evidence")),
                rows);
    }

    /** What a person may say. */
    enum Verb {
        CONFIRM(State.CONFIRMED),
        REJECT(State.REJECTED),
        REOPEN(State.INFERRED);

        private final State state;

        Verb(State state) {
            this.state = state;
        }
    }
}
