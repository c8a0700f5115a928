package io.calque.app.cli;

import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import io.calque.app.deployment.Deployment;
import io.calque.app.question.Understanding;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.ontology.OntologyEntry.Verified;
import java.io.IOException;
import java.io.Writer;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "teach",
        description = "Say how a question is answered: as it was understood, or by a query of your own.",
        footer = {
            "",
            "calque teach \"Who are our VIP clients?\" --sql \"SELECT ... HAVING SUM(total) > 45\"",
            "The question is then answered so in other words too, and for other years, numbers and values."
        })
final class TeachCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--sql",
            paramLabel = "QUERY",
            description = "The right query, where the question was not understood.")
    private @Nullable String sql;

    @Option(names = "--role", paramLabel = "ROLE", description = "Holds for people of this role alone.")
    private @Nullable String role;

    @Option(names = "--author", paramLabel = "NAME", description = "Who says so (default: the user of this process).")
    private @Nullable String author;

    @Option(names = "--forget", description = "Take back what was taught of the question.")
    private boolean forget;

    @Parameters(paramLabel = "QUESTION", description = "The question.")
    private String question = "";

    TeachCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        String statement = "";
        try (Connected connected = Connected.open(context, connection)) {
            Deployment deployment = connected
                    .deployment()
                    .orElseThrow(() -> new QueryException(
                            ErrorCode.NOT_SUPPORTED, "Teach where the registry is: with --config instead of --url"));
            List<String> roles = role == null ? List.of() : List.of(role);
            Verified asked = new Verified(question, "", "", "", roles);
            String by = author == null ? System.getProperty("user.name", "") : author;
            Writer out = context.invocation().out();
            if (forget) {
                deployment.publishOntology(
                        deployment.catalog().ontology().without(asked), by, "forgot '" + question + "'");
                out.append("Forgotten:   ").append(question).append('\n').flush();
                return ExitCode.OK;
            }
            QueryClient client = connected.client();
            if (role != null) {
                runAll(client, "SET role TO '" + role.replace("'", "''") + "'");
            }
            statement = sql == null ? "" : sql;
            Understanding plan = sql == null ? Understanding.of(client, question) : Understanding.ofQuery(client, sql);
            Verified taught = new Verified(
                    question,
                    plan.get("plan"),
                    by,
                    Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                    roles);
            deployment.publishOntology(
                    deployment.catalog().ontology().with(List.of(taught)), by, "taught '" + question + "'");
            plan.tell(out);
            out.append("Taught:      ").append(question).append('\n').flush();
            return ExitCode.OK;
        } catch (StatementFailedException e) {
            context.report().statement(e, statement);
            return ExitCode.FAILED;
        }
    }

    private static void runAll(QueryClient client, String sql) {
        try (Answer answer = client.run(sql)) {
            while (answer.next().isPresent()) {
                continue;
            }
        }
    }
}
