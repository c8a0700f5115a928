package io.calque.app.shell;

import io.calque.app.config.NearestName;
import io.calque.app.format.OutputFormat;
import io.calque.app.terminal.CatalogPrinter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a line that starts with a backslash does. Single-threaded. */
final class BackslashCommands {
    private static final String HELP = """
            \\d [NAME]        describe a table, or list all
            \\dt [PATTERN]    list tables; * stands for any text
            \\dv [PATTERN]    list views
            \\ds, \\l          list sources
            \\ask QUESTION    answer a question in plain language; the next may go on from it
            \\explain QUERY   show how a query would run
            \\format [NAME]   show or set the format: table, csv, json, jsonl, markdown
            \\x               one line a value, on or off
            \\timing          show times, on or off
            \\i FILE          run the statements of a file
            \\?               this help
            \\q               leave (or Ctrl-D)
            A statement ends with ';' and may take several lines. Ctrl-C clears the line or cancels the query.""";

    static final List<String> NAMES = List.of(
            "\\?",
            "\\ask",
            "\\d",
            "\\ds",
            "\\dt",
            "\\dv",
            "\\explain",
            "\\format",
            "\\i",
            "\\l",
            "\\q",
            "\\timing",
            "\\x");

    private final Shell shell;

    BackslashCommands(Shell shell) {
        this.shell = shell;
    }

    /** Returns false to end the shell. */
    boolean execute(String line) throws IOException {
        String[] words = line.split("\\s+", 2);
        String argument =
                words.length == 1 ? "" : words[1].strip().replaceAll(";$", "").strip();
        switch (words[0].replaceAll(";$", "")) {
            case "\\q" -> {
                return false;
            }
            case "\\?", "\\h", "\\help" -> shell.say(HELP);
            case "\\d" ->
                print(printer -> {
                    if (argument.isEmpty()) {
                        printer.tables("*");
                    } else {
                        printer.describe(argument);
                    }
                });
            case "\\dt" -> print(printer -> printer.tables(argument.isEmpty() ? "*" : argument));
            case "\\dv" -> print(printer -> printer.views(argument.isEmpty() ? "*" : argument));
            case "\\ds", "\\l" -> print(CatalogPrinter::sources);
            case "\\ask" -> shell.ask(words.length == 1 ? "" : words[1].strip());
            case "\\explain" -> shell.explain(argument);
            case "\\format" -> format(argument);
            case "\\x" -> {
                shell.display().toggleExpanded();
                shell.say("Expanded display is " + onOff(shell.display().expanded()) + ".");
            }
            case "\\timing" -> {
                shell.display().toggleTiming();
                shell.say("Timing is " + onOff(shell.display().timing()) + ".");
            }
            case "\\i" -> include(argument);
            default ->
                shell.fail("there is no command " + words[0] + "; \\? shows all." + NearestName.hint(words[0], NAMES));
        }
        return true;
    }

    private void format(String name) {
        List<String> names = Arrays.stream(OutputFormat.values())
                .map(format -> format.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!name.isEmpty() && !names.contains(name.toLowerCase(Locale.ROOT))) {
            shell.fail("there is no format '" + name + "'; known: " + String.join(", ", names) + ".");
            return;
        }
        if (!name.isEmpty()) {
            shell.display().show(OutputFormat.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        shell.say("Format is " + shell.display().format().name().toLowerCase(Locale.ROOT) + ".");
    }

    private void include(String name) throws IOException {
        if (name.isEmpty()) {
            shell.fail("\\i needs a file");
            return;
        }
        Path file = shell.options().directory().resolve(name);
        String script;
        try {
            script = Files.readString(file);
        } catch (NoSuchFileException e) {
            shell.fail("file " + file + " does not exist");
            return;
        } catch (CharacterCodingException e) {
            shell.fail("file " + file + " is not UTF-8 text");
            return;
        } catch (IOException e) {
            shell.fail("file " + file + " cannot be read");
            return;
        }
        shell.runScript(script);
    }

    private void print(Printing printing) throws IOException {
        try (Pager pager = shell.pager()) {
            printing.print(new CatalogPrinter(shell.catalog(), shell.display().format(), pager, shell.width()));
        }
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    /** One of the printer's methods. */
    private interface Printing {
        void print(CatalogPrinter printer) throws IOException;
    }
}
