package io.calque.app.cli;

import io.calque.app.client.StatementFailedException;
import io.calque.app.question.Dialogue;
import io.calque.app.terminal.Interruption;
import io.calque.app.terminal.Invocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ask",
        description = "Answer a question in plain language, and show how it was understood.",
        footer = {
            "",
            "Without a question it reads one a line, each going on from those before; a number chooses",
            "where a question may mean several things.",
            "In SQL the same is SELECT ... FROM TABLE(NL('...')). A question that is not understood is declined."
        })
final class AskCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--role", paramLabel = "ROLE", description = "Ask as people of this role of the ontology do.")
    private @Nullable String role;

    @Option(
            names = "--in",
            paramLabel = "SOURCE,...",
            split = ",",
            description = "Ask about these sources, or schemas of sources, alone.")
    private List<String> places = List.of();

    @Option(names = "--plan-only", description = "Print the plan document alone; plan and run no query.")
    private boolean planOnly;

    @Option(
            names = "--as",
            paramLabel = "FORM",
            description = "Print the plan alone as json, steps, tree, dot, mermaid or sql.")
    private @Nullable Form form;

    @Option(names = "--dry-run", description = "Show what each source would be asked, and read no row.")
    private boolean dryRun;

    @Option(names = "--explain", description = "Also show how the query runs.")
    private boolean explain;

    @Parameters(
            paramLabel = "QUESTION",
            arity = "0..*",
            description = "The question; more go on from those before: 'And in France?'.")
    private List<String> questions = List.of();

    /** A form of a plan document; its name is that of {@code NL_PLAN}'s property but for two. */
    enum Form {
        JSON,
        STEPS,
        TREE,
        DOT,
        MERMAID,
        SQL;

        String property() {
            return this == JSON ? "plan" : this == TREE ? "diagram" : name().toLowerCase(Locale.ROOT);
        }
    }

    AskCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Invocation invocation = context.invocation();
        PrintWriter error = new PrintWriter(invocation.error(), true, StandardCharsets.UTF_8);
        try (Connected connected = Connected.open(context, connection);
                Interruption.Scope scope = invocation.interruption().stopping(connected.client()::cancel)) {
            Dialogue dialogue =
                    new Dialogue(connected.client(), context.report(), invocation.out(), error, manner(invocation));
            if (!places.isEmpty()) {
                dialogue.about(places);
            }
            if (role != null) {
                dialogue.as(role);
            }
            if (questions.isEmpty()) {
                dialogue.converse(lines(invocation));
                return ExitCode.OK;
            }
            for (String question : questions) {
                if (questions.size() > 1) {
                    invocation.out().append("> ").append(question).append('\n').flush();
                }
                if (!dialogue.ask(question)) {
                    return ExitCode.FAILED;
                }
            }
            return ExitCode.OK;
        } catch (StatementFailedException e) {
            context.report().statement(e, "");
            return ExitCode.FAILED;
        }
    }

    private Dialogue.Manner manner(Invocation invocation) {
        Optional<String> shown = Optional.ofNullable(form).map(Form::property);
        return new Dialogue.Manner(
                planOnly ? shown.or(() -> Optional.of(Form.JSON.property())) : shown,
                Dialogue.Detail.FULL,
                explain || dryRun,
                !dryRun,
                output.format(),
                output.width(invocation.terminals()));
    }

    /** What is typed, or piped in. */
    private static Supplier<Optional<String>> lines(Invocation invocation) {
        BufferedReader in = new BufferedReader(new InputStreamReader(invocation.in(), StandardCharsets.UTF_8));
        boolean typed = invocation.terminals().in() && invocation.terminals().out();
        return () -> {
            try {
                if (typed) {
                    invocation.out().append("ask> ").flush();
                }
                Optional<String> line = Optional.ofNullable(in.readLine());
                if (!typed && line.isPresent()) {
                    invocation
                            .out()
                            .append("> ")
                            .append(line.get())
                            .append('\n')
                            .flush();
                }
                return line;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
