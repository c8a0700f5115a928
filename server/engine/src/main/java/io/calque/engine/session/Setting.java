package io.calque.engine.session;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The settings there are: what {@code SET} takes, {@code SHOW ALL} describes and {@code docs/settings.md} lists. */
enum Setting {
    SEARCH_PATH(
            "",
            "sources or source.schema, by commas",
            "where names without a source are looked for, the first that has one wins",
            s -> {}),
    TIME_ZONE(
            "UTC",
            "a region, an offset, local",
            "what zone timestamps with time zone are shown in, and dates computed in",
            Settings::timeZone),
    STATEMENT_TIMEOUT(
            "0",
            "milliseconds, or a number with ms, s, min or h",
            "when a statement is stopped; 0 for none but the server's",
            s -> s.statementTimeout(Duration.ofDays(1))),
    QUERY_MEMORY(
            "0",
            "bytes, or a number with kB, MB or GB",
            "what a query may hold before it goes to disk; 0 for the server's default",
            s -> s.queryMemoryBytes(1)),
    ROLE("", "a role of the ontology", "as what questions are asked; none for no role", s -> {}),
    APPLICATION_NAME("", "any text", "what system.queries calls the client", s -> {}),
    PUSHDOWN(
            "on",
            "on, off, or those that stay on of " + Settings.listedNames(),
            "which work sources are given; VERIFY compares the answers",
            Settings::pushdown),
    PUSHDOWN_OFF_SOURCES("", "sources, by commas", "sources that are given no work but scans", Settings::pushdown),
    BIND_JOINS(
            "by_cost",
            "by_cost, off, always",
            "fetches that read only rows whose key the other side of a join has; always also pushes sums and limits below unions and"
                    + " outer joins where that does not pay, so that small tables show what large ones do",
            Settings::pushdown),
    EARLY_AGGREGATION(
            "on",
            "on, off",
            "groups are made below a join or a union already where that sends fewer rows",
            Settings::pushdown),
    EARLY_LIMITS(
            "on",
            "on, off",
            "the first rows of a sort are taken below an outer join already where that sends fewer rows",
            Settings::pushdown),
    TRANSITIVE_PREDICATES(
            "on",
            "on, off",
            "what a condition says of a key is said of the keys that joins compare it with",
            Settings::pushdown),
    KEY_FILTERING(
            "on",
            "on, off, always",
            "rows that meet no key of a set which was too large to send are left out as they arrive; always in place of sending keys",
            Settings::pushdown),
    KEY_RANGES(
            "on",
            "on, off, always",
            "a source that is not sent keys is asked for what is between the least and the greatest of them, where that pays; always in place of"
                    + " any keys",
            Settings::pushdown),
    JOIN_SEARCH(
            "on",
            "on, off, always",
            "another order of joins than the one that is found step by step is looked for, and taken where it is clearly cheaper; always also where"
                    + " it is only no dearer",
            Settings::pushdown),
    SHARED_FETCHES(
            "on",
            "on, off, always",
            "what several places of a query read is fetched once; always also where that does not pay",
            Settings::pushdown),
    LOCAL_OPERATORS(
            "spilling",
            "spilling, stock",
            "who sorts, groups and joins what stays here: Calque, or Calcite, in memory and to compare with",
            Settings::pushdown),
    LOCAL_THREADS("auto", "auto, or a number", "how many threads may do what stays here", Settings::localThreads),
    SCAN_SPLITS(
            "auto",
            "auto, off, or a number",
            "in how many parts large scans of PostgreSQL tables are read at the same time",
            Settings::scanSplits);

    private final String fallback;
    private final String allowed;
    private final String meaning;
    private final Consumer<Settings> check;

    Setting(String fallback, String allowed, String meaning, Consumer<Settings> check) {
        this.fallback = fallback;
        this.allowed = allowed;
        this.meaning = meaning;
        this.check = check;
    }

    /** As it is written in SQL, in lower case. */
    String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value that {@code RESET} gives it. */
    String fallback() {
        return fallback;
    }

    /** Which values there are, in words. */
    String allowed() {
        return allowed;
    }

    /** What it does, in a phrase. */
    String meaning() {
        return meaning;
    }

    /** Fails when the value in these settings is none. */
    void check(Settings settings) {
        check.accept(settings);
    }

    /** By its spelling in lower case. */
    static Optional<Setting> of(String spelling) {
        return Stream.of(values()).filter(s -> s.spelling().equals(spelling)).findFirst();
    }
}
