package io.calque.app.doctor;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.Introspector.Observation;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One source: can it be reached, is it a version we know, does it show us its tables, does its clock go as ours.
 *
 * @param open makes a source of its configuration
 */
public record SourceCheck(SourceConfig config, Function<SourceConfig, Source> open, Clock clock) implements Check {
    /** The oldest major version that the adapters were written for. */
    private static final Map<String, Integer> OLDEST = Map.of("PostgreSQL", 12, "MongoDB", 4, "SQLite", 3);

    private static final Pattern VERSION = Pattern.compile("(\\p{Alpha}+) (\\d+).*");
    private static final Duration SKEW = Duration.ofSeconds(5);

    private String subject() {
        return "source " + config.id();
    }

    @Override
    public List<Finding> findings() {
        try (Source source = open.apply(config)) {
            Introspector introspector = source.introspector();
            long started = System.nanoTime();
            Observation seen = introspector.observe(Progress.SILENT);
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.ok(
                    subject(),
                    seen.product() + " answers; " + seen.tables().size() + " tables listed in "
                            + Duration.ofNanos(System.nanoTime() - started).toMillis() + " ms"));
            version(seen.product()).ifPresent(findings::add);
            if (seen.tables().isEmpty()) {
                findings.add(Finding.warning(
                        subject(),
                        "shows no table at all",
                        "See whether include and exclude leave any, and whether the user may read what is there"));
            }
            seen.warnings().forEach(w -> findings.add(Finding.warning(subject(), w, remedyOf(w))));
            skew(introspector).ifPresent(findings::add);
            return findings;
        } catch (QueryException e) {
            return List.of(Finding.error(subject(), String.valueOf(e.getMessage()), remedyOf(e.code())));
        }
    }

    private Optional<Finding> version(String product) {
        Matcher matcher = VERSION.matcher(product);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int oldest = OLDEST.getOrDefault(matcher.group(1), 0);
        return Integer.parseInt(matcher.group(2)) >= oldest
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        subject(),
                        product + " is older than " + matcher.group(1) + " " + oldest
                                + ", the oldest that is supported",
                        "Upgrade the server; until then expect refused queries"));
    }

    private Optional<Finding> skew(Introspector introspector) {
        Instant before = clock.instant();
        Optional<Instant> theirs = introspector.clock();
        Instant after = clock.instant();
        if (theirs.isEmpty()) {
            return Optional.empty();
        }
        // Half of the round trip, as NTP has it.
        Instant ours = before.plus(Duration.between(before, after).dividedBy(2));
        Duration skew = Duration.between(ours, theirs.get());
        if (skew.abs().compareTo(SKEW) <= 0) {
            return Optional.of(Finding.ok(subject(), "its clock differs from ours by " + skew.toMillis() + " ms"));
        }
        return Optional.of(Finding.warning(
                subject(),
                "its clock is " + skew.abs().toSeconds() + " s " + (skew.isNegative() ? "behind" : "ahead of")
                        + " ours",
                "Set both clocks by NTP: now() is computed here, and compared with times written there"));
    }

    private static String remedyOf(ErrorCode code) {
        return switch (code) {
            case SOURCE_UNAVAILABLE ->
                "See that the database runs, and that host, port and file in the url are right; other sources work without it";
            case SOURCE_REFUSED -> "See user, password and database in the configuration, and the rights granted there";
            case CONFIG_INVALID -> "Correct the source's section of the configuration";
            default -> "CALQUE_LOG=debug tells more";
        };
    }

    private static String remedyOf(String warning) {
        return warning.contains("may not") ? "Grant the user SELECT on them, or exclude them" : "";
    }
}
