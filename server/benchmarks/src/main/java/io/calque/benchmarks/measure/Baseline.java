package io.calque.benchmarks.measure;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Figures of an earlier run, as text: a line with the command, one with the columns' names, then one a figure, parted by tabs. Immutable.
 *
 * @param command what was measured; figures of other commands are not compared
 */
public record Baseline(String command, List<Figure> figures) {
    private static final String COLUMNS = "name\tmilliseconds\tpeer milliseconds";
    /** Differences below it say more of the clock and the machine than of Calque. */
    private static final double LEAST_MILLIS = 1;

    public Baseline {
        figures = List.copyOf(figures);
    }

    /** A figure that has become worse by more than was allowed. */
    public record Regression(String name, double before, double now) {
        /** How many times worse. */
        public double factor() {
            return now / before;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s is %.2f times as slow as before: %.2f times the peer's time, was %.2f",
                    name,
                    factor(),
                    now,
                    before);
        }
    }

    /** @throws QueryException CONFIG_INVALID when the file is not there or not such a file */
    public static Baseline read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new QueryException(ErrorCode.CONFIG_INVALID, "The baseline " + file + " cannot be read: " + e, e);
        }
        if (lines.size() < 2 || !lines.get(1).equals(COLUMNS)) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    file + " is no baseline: its second line is not '" + COLUMNS.replace('\t', ' ') + "'");
        }
        List<Figure> figures = new ArrayList<>();
        for (int i = 2; i < lines.size(); i++) {
            figures.add(figure(file, i + 1, lines.get(i)));
        }
        return new Baseline(lines.get(0), figures);
    }

    private static Figure figure(Path file, int number, String line) {
        String[] parts = line.split("\t", -1);
        try {
            return new Figure(parts[0], Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    file + ", line " + number + ": a name and two numbers are wanted, parted by tabs",
                    e);
        }
    }

    public void write(Path file) {
        List<String> lines = new ArrayList<>(List.of(command, COLUMNS));
        for (Figure figure : figures) {
            lines.add(
                    String.format(Locale.ROOT, "%s\t%.3f\t%.3f", figure.name(), figure.millis(), figure.peerMillis()));
        }
        try {
            Files.write(file, lines, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The baseline " + file + " cannot be written", e);
        }
    }

    /**
     * The figures that are now worse, in the order of {@code now}. What counts is the ratio to the peer of the same run; figures that only
     * one side has are not compared.
     *
     * @param allowed the factor up to which a ratio may grow
     * @throws QueryException CONFIG_INVALID when these are figures of another command
     */
    public List<Regression> regressions(Baseline now, double allowed) {
        if (!command.equals(now.command)) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    "The baseline was taken by '" + command + "', and this is '" + now.command + "'");
        }
        Map<String, Figure> before = new TreeMap<>();
        figures.forEach(figure -> before.put(figure.name(), figure));
        List<Regression> found = new ArrayList<>();
        for (Figure figure : now.figures) {
            Optional.ofNullable(before.get(figure.name()))
                    .filter(was -> figure.ratio() > was.ratio() * allowed)
                    .filter(was -> figure.millis() - was.ratio() * figure.peerMillis() > LEAST_MILLIS)
                    .ifPresent(was -> found.add(new Regression(figure.name(), was.ratio(), figure.ratio())));
        }
        return found;
    }
}
