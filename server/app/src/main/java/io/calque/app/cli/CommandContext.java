package io.calque.app.cli;

import io.calque.app.config.Configuration;
import io.calque.app.config.ConfigurationReader;
import io.calque.app.deployment.DeploymentFactory;
import io.calque.app.terminal.FailureReport;
import io.calque.app.terminal.Invocation;
import java.nio.file.Path;

/** What every command is given. */
record CommandContext(Invocation invocation, DeploymentFactory deployments) {
    FailureReport report() {
        return new FailureReport(invocation.error()::println);
    }

    ConfigurationReader reader() {
        return new ConfigurationReader(deployments.kinds(), invocation.environment());
    }

    Configuration configuration(ConnectionOptions options) {
        return configuration(options.config().orElse(Configuration.DEFAULT_FILE));
    }

    /** The configuration in a file named as the user did. */
    Configuration configuration(String named) {
        return reader().read(invocation.directory().resolve(Path.of(named)));
    }
}
