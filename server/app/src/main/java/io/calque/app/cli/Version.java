package io.calque.app.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar was built with. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"calque " + current()};
    }

    /** {@code development} when classes run outside of a jar. */
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
