package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.config.Configuration;
import io.calque.app.config.ServerSettings;
import io.calque.engine.QueryEngine;
import io.calque.engine.QueryRun;
import io.calque.engine.RunOptions;
import io.calque.engine.Session;
import io.calque.spi.access.Principal;
import io.calque.spi.batch.ColumnBatch;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStatementsTest {
    @TempDir
    private Path directory;

    /** What cannot be planned is passed over in silence, so that a mistake in the statements would go unseen. */
    @Test
    void canBePlanned() {
        Configuration empty = Configuration.of(directory, List.of(), ServerSettings.DEFAULT);
        try (LocalDeployment deployment = new Main(Clock.systemUTC()).open(empty);
                Session session = deployment.sessions().open(Principal.LOCAL, Map.of())) {
            for (String statement : FirstStatements.STATEMENTS) {
                assertThat(session.prepare(statement).columns()).hasSizeBetween(2, 3);
            }
        }
    }

    @Test
    void canBeAnsweredBeforeThereIsAServer() {
        try (QueryEngine engine = new EarlyStatements(Clock.systemUTC()).engine();
                Session session = engine.open(Principal.LOCAL, Map.of())) {
            for (String statement : EarlyStatements.STATEMENTS) {
                try (QueryRun run = session.prepare(statement).run(List.of(), RunOptions.DEFAULT)) {
                    assertThat(run.next().map(ColumnBatch::rows).orElse(0)).isLessThan(2);
                }
            }
        }
    }
}
