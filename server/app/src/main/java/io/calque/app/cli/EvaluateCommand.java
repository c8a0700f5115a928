package io.calque.app.cli;

import io.calque.app.evaluation.Evaluation;
import io.calque.app.evaluation.GoldQuestion;
import io.calque.app.evaluation.ScoreReport;
import io.calque.app.evaluation.Verdict;
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
        List<GoldQuestion> questions =
                GoldQuestion.read(context.invocation().directory().resolve(file));
        List<Verdict> verdicts = new ArrayList<>();
        try (Connected connected = Connected.open(context, connection)) {
            Evaluation evaluation = new Evaluation(connected.client());
            for (GoldQuestion question : questions) {
                Verdict verdict = evaluation.judge(question);
                verdicts.add(verdict);
                if (details) {
                    out.append(question.id() + " " + verdict.outcome() + ": " + question.question() + "\n");
                    out.append(
                            verdict.detail().isEmpty() ? "" : verdict.detail().indent(4));
                }
            }
        }
        for (String line : ScoreReport.lines(verdicts)) {
            out.append(line).append('\n');
        }
        out.flush();
        return ExitCode.OK;
    }
}
