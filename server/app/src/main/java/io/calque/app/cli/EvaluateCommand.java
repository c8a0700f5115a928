package io.calque.app.cli;

import io.calque.app.deployment.Deployment;
import io.calque.app.evaluation.Evaluation;
import io.calque.app.evaluation.EvidenceEntries;
import io.calque.app.evaluation.GoldQuestion;
import io.calque.app.evaluation.Lessons;
import io.calque.app.evaluation.Retrieval;
import io.calque.app.evaluation.ScoreReport;
import io.calque.app.evaluation.Spread;
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
import org.jspecify.annotations.Nullable;
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
            "Each question is asked with its source as the search path; gold queries run natively at that source.",
            "With --spread it is asked over other sources that hold the same tables too, and the answers are compared."
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

    @Option(
            names = "--spread",
            paramLabel = "DB=SOURCE,...",
            description = "Sources that hold the tables of a database between them; for each database once.")
    private List<String> spread = List.of();

    @Option(
            names = "--spread-config",
            paramLabel = "FILE",
            description = "Configuration of those sources, where it is another.")
    private @Nullable String spreadConfig;

    @Option(
            names = "--retrieval",
            description = "Also measure whether the sources and tables that the gold queries read (tables) are found.")
    private boolean retrieval;

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
        Spread sources = Spread.of(spread);
        List<GoldQuestion> questions = GoldQuestion.read(path).stream()
                .map(q -> evidence ? EvidenceEntries.asked(q) : q)
                .toList();
        List<String> report = new ArrayList<>();
        try (Connected connected = Connected.open(context, connection)) {
            List<Verdict> whole = asked(questions, path, connected, connected, Spread.NONE, out);
            report.addAll(ScoreReport.lines(whole));
            if (spreadConfig != null) {
                try (Connected other = Connected.open(context, spreadConfig)) {
                    report.addAll(spread(questions, path, connected, other, sources, whole, out));
                }
            } else if (!spread.isEmpty()) {
                report.addAll(spread(questions, path, connected, connected, sources, whole, out));
            } else if (retrieval) {
                report.addAll(retrieved(questions, connected, Spread.NONE));
            }
        }
        for (String line : report) {
            out.append(line).append('\n');
        }
        out.flush();
        return ExitCode.OK;
    }

    private List<String> spread(
            List<GoldQuestion> questions,
            Path path,
            Connected golds,
            Connected asking,
            Spread sources,
            List<Verdict> whole,
            Writer out)
            throws IOException {
        List<Verdict> apart = asked(questions, path, asking, golds, sources, out);
        List<String> report = new ArrayList<>(List.of("", "Spread over several sources:"));
        report.addAll(ScoreReport.lines(apart));
        report.add(ScoreReport.same(whole, apart));
        if (retrieval) {
            report.addAll(retrieved(questions, asking, sources));
        }
        return report;
    }

    private static List<String> retrieved(List<GoldQuestion> questions, Connected asking, Spread sources) {
        Retrieval found = new Retrieval(asking.client(), sources, questions);
        questions.forEach(found::look);
        return found.lines();
    }

    private static Deployment deployment(Connected connected) {
        return connected
                .deployment()
                .orElseThrow(() -> new QueryException(
                        ErrorCode.NOT_SUPPORTED, "An ontology is evaluated where the registry is: with --config"));
    }

    /** The registry has what the file teaches only as long as questions are asked. */
    private List<Verdict> asked(
            List<GoldQuestion> questions, Path path, Connected asking, Connected golds, Spread sources, Writer out)
            throws IOException {
        Evaluation evaluation = new Evaluation(asking.client(), golds.client(), sources);
        List<OntologyEntry> lessons = new ArrayList<>(Lessons.of(path, asking.client(), sources));
        if (evidence) {
            lessons.addAll(EvidenceEntries.of(path, deployment(asking).catalog(), sources));
        }
        if (lessons.isEmpty()) {
            return judged(questions, evaluation, out);
        }
        Deployment deployment = deployment(asking);
        Ontology before = deployment.catalog().ontology();
        deployment.publishOntology(before.with(lessons), "", "learned for an evaluation");
        try {
            return judged(questions, evaluation, out);
        } finally {
            deployment.publishOntology(before, "", "forgot what an evaluation had taught");
        }
    }

    private List<Verdict> judged(List<GoldQuestion> questions, Evaluation evaluation, Writer out) throws IOException {
        List<Verdict> verdicts = new ArrayList<>();
        for (GoldQuestion question : questions) {
            Verdict verdict = evaluation.judge(question);
            verdicts.add(verdict);
            if (details) {
                out.append(question.id() + " " + verdict.outcome() + ": " + question.question() + "\n");
                out.append(verdict.detail().isEmpty() ? "" : verdict.detail().indent(4));
            }
        }
        return verdicts;
    }
}
