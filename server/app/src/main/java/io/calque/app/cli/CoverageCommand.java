package io.calque.app.cli;

import io.calque.app.evaluation.Coverage;
import io.calque.app.evaluation.GoldQuestion;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "coverage",
        description = "Tell the gold queries of a file as plan documents and compare the rows these give.",
        footer = {
            "",
            "FILE is as for 'calque nl eval'. Queries that cannot be told, or give other rows, are listed with the reason."
        })
final class CoverageCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "FILE", description = "The questions with their gold queries.")
    private Path file = Path.of("");

    CoverageCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Writer out = context.invocation().out();
        List<GoldQuestion> questions = GoldQuestion.read(
                        context.invocation().directory().resolve(file))
                .stream()
                .filter(q -> !q.unanswerable())
                .toList();
        Map<Coverage.Outcome, Integer> counts = new EnumMap<>(Coverage.Outcome.class);
        try (Connected connected = Connected.open(context, connection)) {
            Coverage coverage = new Coverage(connected.client());
            for (GoldQuestion question : questions) {
                Coverage.Round round = coverage.judge(question);
                counts.merge(round.outcome(), 1, Integer::sum);
                if (round.outcome() != Coverage.Outcome.TOLD) {
                    out.append(question.id() + " " + words(round.outcome()) + "\n");
                    out.append(round.detail().indent(4));
                }
            }
        }
        for (Coverage.Outcome outcome : Coverage.Outcome.values()) {
            int count = counts.getOrDefault(outcome, 0);
            out.append(String.format(Locale.ROOT, "%-10s %4d of %d%n", words(outcome), count, questions.size()));
        }
        out.flush();
        return ExitCode.OK;
    }

    private static String words(Coverage.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
