package io.calque.app.cli;

import io.calque.app.config.Configuration;
import io.calque.app.config.ConfigurationReload;
import io.calque.app.config.ServerSettings;
import io.calque.app.deployment.Deployment;
import io.calque.app.terminal.Interruption;
import io.calque.app.terminal.Invocation;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sun.misc.Signal;

@Command(
        name = "serve",
        description = "Answer JDBC and HTTP clients until stopped.",
        footer = {"", "A changed configuration is taken over without a restart; SIGHUP does it at once."})
final class ServeCommand implements Callable<Integer> {
    private static final long WATCH_SECONDS = 2;

    private final CommandContext context;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = Configuration.DEFAULT_FILE,
            description = "Configuration to serve (default: ./calque.yaml).")
    private String config = Configuration.DEFAULT_FILE;

    @Option(names = "--host", description = "Address to listen on instead of the configured one.")
    private @Nullable String host;

    @Option(names = "--port", description = "Port to listen on instead of the configured one; 0 takes a free one.")
    private @Nullable Integer port;

    ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Invocation invocation = context.invocation();
        PrintStream error = invocation.error();
        context.deployments().prepareToServe();
        Configuration configuration =
                context.reader().read(invocation.directory().resolve(config));
        try (Deployment deployment = context.deployments().open(configuration)) {
            if (!deployment.unknownSources().isEmpty()) {
                Introspection introspection = new Introspection(context);
                introspection.run(deployment, deployment.unknownSources(), Introspection.Telling.FAILURES);
                introspection.relate(deployment);
            }
            try (Deployment.Endpoint endpoint = deployment.serve(settings(configuration.server()))) {
                error.println("Calque is listening: " + endpoint.jdbcUrl());
                error.flush();
                ConfigurationReload reload =
                        new ConfigurationReload(context.reader(), configuration, deployment::apply, error::println);
                watch(reload, invocation.interruption());
            }
        }
        return ExitCode.OK;
    }

    private ServerSettings settings(ServerSettings configured) {
        ServerSettings settings = port == null ? configured : configured.withPort(port);
        return host == null ? settings : settings.withHost(host);
    }

    private static void watch(ConfigurationReload reload, Interruption interruption) {
        ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "calque-configuration");
            thread.setDaemon(true);
            return thread;
        });
        try {
            watcher.scheduleWithFixedDelay(reload::reloadIfChanged, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
            onHangUp(() -> watcher.execute(reload::reload));
            interruption.await();
        } finally {
            watcher.shutdownNow();
        }
    }

    private static void onHangUp(Runnable action) {
        try {
            Signal.handle(new Signal("HUP"), signal -> action.run());
        } catch (IllegalArgumentException e) {
            // Windows has no such signal; the file is watched anyway
        }
    }
}
