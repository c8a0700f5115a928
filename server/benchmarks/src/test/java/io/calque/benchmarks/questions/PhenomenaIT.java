package io.calque.benchmarks.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.client.JdbcClient;
import io.calque.app.evaluation.Evaluation;
import io.calque.app.evaluation.GoldQuestion;
import io.calque.app.evaluation.Spread;
import io.calque.app.evaluation.Verdict;
import io.calque.benchmarks.relate.FlatChinook;
import io.calque.benchmarks.tpch.TpchReference;
import io.calque.embedded.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The questions that say what is covered, asked over whole databases: those that were right stay right. Without keys and without names looked
 * up, each has to be read from names and statistics alone.
 */
class PhenomenaIT {
    private static final Path QUESTIONS = Path.of("../../nl2plan/src/test/resources/questions/phenomena.jsonl");
    private static final double SCALE_FACTOR = 0.01;

    /** What is declined so far, or wrong; whoever mends one takes it out. */
    private static final Set<String> NOT_YET = Set.of("t-dur-3", "c-dur-6", "c-pair-1", "c-pair-2");

    @TempDir
    private Path directory;

    @Test
    void whatWasRightStaysRight() throws IOException, SQLException {
        Path config = directory.resolve("calque.yaml");
        try (PostgresServer postgres = PostgresServer.start()) {
            Files.writeString(
                    config,
                    "sources:\n"
                            + QuestionWorld.relational("chinook", FlatChinook.inOne(postgres))
                            + QuestionWorld.relational(
                                    "tpch",
                                    TpchReference.load(SCALE_FACTOR, postgres).database()));
            try (JdbcClient client = new JdbcClient(DriverManager.getConnection("jdbc:calque:file:" + config))) {
                Evaluation evaluation = new Evaluation(client, client, Spread.NONE);
                List<String> lost = new ArrayList<>();
                List<String> won = new ArrayList<>();
                for (GoldQuestion question : GoldQuestion.read(QUESTIONS)) {
                    Verdict verdict = evaluation.judge(question);
                    boolean right = verdict.isRight();
                    if (!right && !NOT_YET.contains(question.id())) {
                        lost.add(question.id() + " " + verdict.outcome() + ": " + question.question() + "\n"
                                + verdict.detail());
                    } else if (right && NOT_YET.contains(question.id())) {
                        won.add(question.id());
                    }
                }
                assertThat(lost)
                        .as("questions that are not answered rightly any more")
                        .isEmpty();
                System.out.println("questions answered rightly now: " + won);
            }
        }
    }
}
