package io.calque.app.cli;

import io.calque.app.client.QueryClient;
import io.calque.app.deployment.Deployment;
import io.calque.app.evaluation.Evaluation;
import io.calque.app.evaluation.EvidenceEntries;
import io.calque.app.evaluation.GoldQuestion;
import io.calque.app.evaluation.Lessons;
import io.calque.app.evaluation.ScoreReport;
import io.calque.app.evaluation.Verdict;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "eval",
        description = "Ask a file of questions and compare the answers with their gold queries.",
        footer = {
            "",
            "FILE holds a JSON object a line: id, db (a source), question, gold_sql, gold_alternatives, ordered, category.",
            "Each question is asked with its source as the search path; gold queries run natively at that source."
        })
final class EvaluateCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--evidence",
            description =
                    "Make entries of the ontology of what the file says beside its questions, while they are asked.")
    private boolean evidence;

    @Option(names = "--details", description = "Also print each question with its outcome and reason.")
    private boolean details;

    @Parameters(paramLabel = "FILE", description = "The questions.")
    private Path file = Path.of("");

    EvaluateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Writer out = context.invocation().out();
        Path path = context.invocation().directory().resolve(file);
        List<GoldQuestion> questions = GoldQuestion.read(path).stream()
                .map(q -> evidence ? EvidenceEntries.asked(q) : q)
                .toList();
        List<Verdict> verdicts = new ArrayList<>();
        try (Connected connected = Connected.open(context, connection)) {
            List<OntologyEntry> lessons = new ArrayList<>(Lessons.of(path, connected.client()));
            if (evidence) {
                lessons.addAll(EvidenceEntries.of(path, deployment(connected).catalog()));
            }
            if (lessons.isEmpty()) {
                ask(questions, connected.client(), verdicts, out);
            } else {
                askTaught(questions, lessons, connected, verdicts, out);
            }
        }
        for (String line : ScoreReport.lines(verdicts)) {
            out.append(line).append('\n');
        }
        out.flush();
        return ExitCode.OK;
    }

    private static Deployment deployment(Connected connected) {
        return connected
                .deployment()
                .orElseThrow(() -> new QueryException(
                        ErrorCode.NOT_SUPPORTED, "An ontology is evaluated where the registry is: with --config"));
    }

    /** The registry has the lessons only as long as questions are asked. */
    private void askTaught(
            List<GoldQuestion> questions,
            List<OntologyEntry> lessons,
            Connected connected,
            List<Verdict> verdicts,
            Writer out)
            throws IOException {
        Deployment deployment = deployment(connected);
        Ontology before = deployment.catalog().ontology();
        deployment.publishOntology(before.with(lessons), "", "learned for an evaluation");
        try {
            ask(questions, connected.client(), verdicts, out);
        } finally {
            deployment.publishOntology(before, "", "forgot what an evaluation had taught");
        }
    }

    private void ask(List<GoldQuestion> questions, QueryClient client, List<Verdict> verdicts, Writer out)
            throws IOException {
        Evaluation evaluation = new Evaluation(client);
        for (GoldQuestion question : questions) {
            Verdict verdict = evaluation.judge(question);
            verdicts.add(verdict);
            if (details) {
                out.append(question.id() + " " + verdict.outcome() + ": " + question.question() + "\n");
                out.append(verdict.detail().isEmpty() ? "" : verdict.detail().indent(4));
            }
        }
    }
}
