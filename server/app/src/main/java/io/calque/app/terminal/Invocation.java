package io.calque.app.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the process was started with, so that commands run the same in a test. Single-threaded.
 *
 * @param out rows go here; a failing write means that the reader went away
 * @param error everything that is not rows
 * @param interruption tells of Ctrl-C and SIGTERM
 * @param directory what relative paths are relative to
 */
public record Invocation(
        InputStream in,
        Writer out,
        PrintStream error,
        Terminals terminals,
        Interruption interruption,
        Map<String, String> environment,
        Path directory) {

    /**
     * Which streams a person looks at.
     *
     * @param columns width of the terminal; 0 when unknown
     */
    public record Terminals(boolean in, boolean out, boolean error, int columns) {
        public static final Terminals NONE = new Terminals(false, false, false, 0);

        /** Reads what the launcher found out ({@code calque.tty=in,out,error}), or guesses as well as Java can. */
        public static Terminals ofProcess() {
            String named = System.getProperty("calque.tty");
            int columns = Integer.getInteger("calque.columns", 0);
            if (named == null) {
                boolean console = System.console() != null;
                return new Terminals(console, console, console, columns);
            }
            return new Terminals(named.contains("in"), named.contains("out"), named.contains("error"), columns);
        }
    }
}
