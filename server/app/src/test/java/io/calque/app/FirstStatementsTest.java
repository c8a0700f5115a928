package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.config.Configuration;
import io.calque.app.config.ServerSettings;
import io.calque.engine.Session;
import io.calque.spi.access.Principal;
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
}
