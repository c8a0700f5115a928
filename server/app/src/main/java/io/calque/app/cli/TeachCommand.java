package io.calque.app.cli;

import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import io.calque.app.deployment.Deployment;
import io.calque.app.question.Understanding;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.ontology.Ontology;
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
            if (connected.deployment().isEmpty() && author != null) {
                throw new QueryException(
                        ErrorCode.NOT_SUPPORTED, "A server knows who teaches: give --user instead of --author");
            }
            Writer out = context.invocation().out();
            QueryClient client = connected.client();
            String lesson = "'" + quoted(question) + "'" + (role == null ? "" : " FOR ROLE '" + quoted(role) + "'");
            if (forget) {
                connected.deployment().ifPresentOrElse(this::forget, () -> runAll(client, "FORGET " + lesson));
                out.append("Forgotten:   ").append(question).append('\n').flush();
                return ExitCode.OK;
            }
            if (role != null) {
                runAll(client, "SET role TO '" + quoted(role) + "'");
            }
            statement = sql == null ? "" : sql;
            Understanding plan = sql == null ? Understanding.of(client, question) : Understanding.ofQuery(client, sql);
            if (connected.deployment().isPresent()) {
                teach(connected.deployment().get(), plan);
            } else {
                runAll(client, "TEACH " + lesson + (sql == null ? "" : " AS " + withoutEnd(sql)));
            }
            plan.tell(out);
            out.append("Taught:      ").append(question).append('\n').flush();
            return ExitCode.OK;
        } catch (StatementFailedException e) {
            context.report().statement(e, statement);
            return ExitCode.FAILED;
        }
    }

    private String author() {
        return author == null ? System.getProperty("user.name", "") : author;
    }

    private List<String> roles() {
        return role == null ? List.of() : List.of(role);
    }

    private void forget(Deployment deployment) {
        Ontology ontology = deployment.catalog().ontology();
        Ontology without = ontology.without(new Verified(question, "", "", "", roles()));
        if (without.equals(ontology)) {
            throw new QueryException(
                    ErrorCode.OBJECT_NOT_FOUND,
                    "Nothing was taught of '" + question + "'" + (role == null ? "" : " for '" + role + "'"));
        }
        deployment.publishOntology(without, author(), "forgot '" + question + "'");
    }

    private void teach(Deployment deployment, Understanding plan) {
        Verified taught = new Verified(
                question,
                plan.get("plan"),
                author(),
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                roles());
        deployment.publishOntology(
                deployment.catalog().ontology().with(List.of(taught)), author(), "taught '" + question + "'");
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }

    private static String withoutEnd(String sql) {
        return sql.strip().replaceAll(";$", "");
    }

    private static void runAll(QueryClient client, String sql) {
        try (Answer answer = client.run(sql)) {
            while (answer.next().isPresent()) {
                continue;
            }
        }
    }
}
