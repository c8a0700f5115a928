package io.calque.app.cli;

import io.calque.app.client.JdbcClient;
import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import io.calque.app.deployment.Deployment;
import io.calque.app.terminal.ProgressLine;
import io.calque.spi.SourceId;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A client with what stands behind it.
 *
 * @param deployment the engine in this process; empty for a remote server
 */
record Connected(QueryClient client, Optional<Deployment> deployment) implements AutoCloseable {

    /** Opens what the options name; sources that were never introspected are introspected first. */
    static Connected open(CommandContext context, ConnectionOptions options) {
        Optional<String> url = options.url();
        if (url.isPresent()) {
            return new Connected(remote(context, url.get(), options), Optional.empty());
        }
        return open(context, context.deployments().open(context.configuration(options)));
    }

    /** Opens a configuration beside the one that the options name. */
    static Connected open(CommandContext context, String config) {
        return open(context, context.deployments().open(context.configuration(config)));
    }

    private static Connected open(CommandContext context, Deployment deployment) {
        try {
            introspectUnknown(context, deployment);
            return new Connected(deployment.connect(), Optional.of(deployment));
        } catch (RuntimeException e) {
            deployment.close();
            throw e;
        }
    }

    private static QueryClient remote(CommandContext context, String url, ConnectionOptions options) {
        Properties properties = new Properties();
        options.user().ifPresent(user -> properties.setProperty("user", user));
        Optional.ofNullable(context.invocation().environment().get("CALQUE_PASSWORD"))
                .ifPresent(password -> properties.setProperty("password", password));
        try {
            return new JdbcClient(DriverManager.getConnection(url, properties));
        } catch (SQLException e) {
            throw StatementFailedException.of(e);
        }
    }

    private static void introspectUnknown(CommandContext context, Deployment deployment) {
        List<SourceId> unknown = deployment.unknownSources();
        if (unknown.isEmpty()) {
            return;
        }
        context.invocation()
                .error()
                .println("introspecting "
                        + String.join(
                                ", ", unknown.stream().map(SourceId::value).toList()) + " (first use)");
        new Introspection(context).run(deployment, unknown, Introspection.Telling.FAILURES);
        // questions in plain language join along them from the first one on
        try (ProgressLine progress = ProgressLine.on(context.invocation(), "relating")) {
            deployment.relate(progress);
        }
    }

    @Override
    public void close() {
        client.close();
        deployment.ifPresent(Deployment::close);
    }
}
