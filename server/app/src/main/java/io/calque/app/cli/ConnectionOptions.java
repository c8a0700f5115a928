package io.calque.app.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command's sources are: a configuration of its own, or a running server. */
final class ConnectionOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration to run on (default: ./calque.yaml).")
    private @Nullable String config;

    @Option(
            names = {"-u", "--url"},
            paramLabel = "URL",
            description = "Running server to ask instead, jdbc:calque://host:port/.")
    private @Nullable String url;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "User at the server; its password is read from CALQUE_PASSWORD.")
    private @Nullable String user;

    Optional<String> config() {
        return Optional.ofNullable(config);
    }

    /** @throws ParameterException when both a file and a server are named */
    Optional<String> url() {
        if (url != null && config != null && command != null) {
            throw new ParameterException(command.commandLine(), "Give either --config or --url, not both.");
        }
        return Optional.ofNullable(url);
    }

    Optional<String> user() {
        return Optional.ofNullable(user);
    }
}
