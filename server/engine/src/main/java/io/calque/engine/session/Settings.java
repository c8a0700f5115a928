package io.calque.engine.session;

import io.calque.engine.exec.LocalThreads;
import io.calque.engine.names.NearestName;
import io.calque.planner.pushdown.JoinOrders;
import io.calque.planner.pushdown.KeyFiltering;
import io.calque.planner.pushdown.KeyRanges;
import io.calque.planner.pushdown.LocalOperators;
import io.calque.planner.pushdown.OperatorClass;
import io.calque.planner.pushdown.PushdownSwitches;
import io.calque.planner.pushdown.SharedFetches;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of one session. Immutable: changing one gives a new object. */
public final class Settings {
    private static final Pattern TIME = Pattern.compile("(\\d+)\\s*(ms|s|min|h)?");
    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(kb|mb|gb)?", Pattern.CASE_INSENSITIVE);

    /** What PostgreSQL's clients set without asking; accepted and remembered, without effect. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "bytea_output",
            "client_encoding",
            "client_min_messages",
            "datestyle",
            "default_transaction_isolation",
            "default_transaction_read_only",
            "extra_float_digits",
            "idle_in_transaction_session_timeout",
            "intervalstyle",
            "lock_timeout",
            "row_security",
            "standard_conforming_strings",
            "transaction_isolation");

    /** Classes of work with a setting of their name, which is on or off. */
    private static final Set<OperatorClass> SWITCHED_ALONE = EnumSet.of(
            OperatorClass.EARLY_AGGREGATION, OperatorClass.EARLY_LIMITS, OperatorClass.TRANSITIVE_PREDICATES);

    private final SortedMap<String, String> values;

    private Settings(SortedMap<String, String> values) {
        this.values = Collections.unmodifiableSortedMap(values);
    }

    public static Settings defaults() {
        SortedMap<String, String> values = new TreeMap<>();
        for (Setting setting : Setting.values()) {
            values.put(setting.spelling(), setting.fallback());
        }
        return new Settings(values);
    }

    /** Name to value, sorted by name. */
    public SortedMap<String, String> values() {
        return values;
    }

    /**
     * @param name {@code timezone} and {@code time_zone} are the same; case does not matter
     * @throws QueryException OBJECT_NOT_FOUND with the nearest name, INVALID_PARAMETER with what is allowed
     */
    public Settings with(String name, String value) {
        String key = key(name);
        Optional<Setting> setting = Setting.of(key);
        String given = value.equalsIgnoreCase("default")
                ? setting.map(Setting::fallback).orElse("")
                : value;
        SortedMap<String, String> changed = new TreeMap<>(values);
        changed.put(key, given);
        Settings settings = new Settings(changed);
        setting.ifPresent(it -> it.check(settings));
        return settings;
    }

    public Settings reset(String name) {
        return with(name, "default");
    }

    /**
     * @throws QueryException OBJECT_NOT_FOUND with the nearest name
     */
    public String get(String name) {
        return values.getOrDefault(key(name), "");
    }

    private static String key(String name) {
        String key = name.toLowerCase(Locale.ROOT).replace("timezone", "time_zone");
        if (Setting.of(key).isPresent() || WITHOUT_EFFECT.contains(key)) {
            return key;
        }
        String near = NearestName.to(key, new TreeSet<>(defaults().values.keySet()))
                .map(n -> " Did you mean '" + n + "'?")
                .orElse(" SHOW ALL lists them");
        throw new QueryException(ErrorCode.OBJECT_NOT_FOUND, "Setting '" + name + "' does not exist." + near);
    }

    /** What a setting does, in a phrase. */
    static String meaning(String key) {
        return Setting.of(key).map(Setting::meaning).orElse("accepted for PostgreSQL's clients, without effect");
    }

    /** As what questions are asked: a role of the ontology; {@code none} is what PostgreSQL calls no role. */
    public Optional<String> role() {
        String role = get("role");
        return role.isBlank() || role.equalsIgnoreCase("none") ? Optional.empty() : Optional.of(role);
    }

    /** Entries {@code source} or {@code source.schema}, first wins. */
    public List<String> searchPath() {
        return list("search_path").stream().map(p -> p.replace("\"", "")).toList();
    }

    public ZoneId timeZone() {
        String zone = get("time_zone");
        try {
            return ZoneId.of(
                    zone.equalsIgnoreCase("local") ? ZoneId.systemDefault().getId() : zone);
        } catch (DateTimeException e) {
            throw new QueryException(
                    ErrorCode.INVALID_PARAMETER,
                    "'" + zone
                            + "' is no time zone; use a region such as 'Europe/Berlin' or an offset such as '+02:00'",
                    e);
        }
    }

    /**
     * @param fallback for 0, which means no timeout of the session's own
     */
    public Duration statementTimeout(Duration fallback) {
        String written = get("statement_timeout");
        Matcher matcher = TIME.matcher(written.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw invalid("statement_timeout", written, "milliseconds, or a number with ms, s, min or h; 0 for none");
        }
        long number = Long.parseLong(matcher.group(1));
        if (number == 0) {
            return fallback;
        }
        String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "min" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofMillis(number);
        };
    }

    /**
     * @param fallback for 0, which means the engine's default
     */
    public long queryMemoryBytes(long fallback) {
        String written = get("query_memory");
        Matcher matcher = SIZE.matcher(written);
        if (!matcher.matches()) {
            throw invalid("query_memory", written, "bytes, or a number with kB, MB or GB; 0 for the default");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "" : matcher.group(2).toLowerCase(Locale.ROOT);
        long bytes = switch (unit) {
            case "kb" -> number << 10;
            case "mb" -> number << 20;
            case "gb" -> number << 30;
            default -> number;
        };
        return bytes == 0 ? fallback : bytes;
    }

    /** {@code on}, {@code off}, or a list of the classes that stay on. */
    public PushdownSwitches pushdown() {
        Set<SourceId> off =
                list("pushdown_off_sources").stream().map(SourceId::new).collect(Collectors.toSet());
        String written = get("pushdown").toLowerCase(Locale.ROOT);
        if (written.equals("on") || written.equals("true")) {
            return new PushdownSwitches(
                    bound(EnumSet.allOf(OperatorClass.class)),
                    off,
                    bindsAlways(),
                    localOperators(),
                    sharedFetches(),
                    keyFiltering(),
                    keyRanges(),
                    joinOrders());
        }
        if (written.equals("off") || written.equals("false")) {
            return new PushdownSwitches(
                    EnumSet.noneOf(OperatorClass.class),
                    off,
                    false,
                    localOperators(),
                    SharedFetches.OFF,
                    KeyFiltering.OFF,
                    KeyRanges.OFF,
                    JoinOrders.GREEDY);
        }
        Set<OperatorClass> classes = EnumSet.copyOf(SWITCHED_ALONE);
        for (String name : list("pushdown")) {
            classes.add(listed().filter(c -> c.spelling().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> invalid("pushdown", written, "on, off, or a list of " + listedNames())));
        }
        return new PushdownSwitches(
                bound(classes),
                off,
                bindsAlways(),
                localOperators(),
                sharedFetches(),
                keyFiltering(),
                keyRanges(),
                joinOrders());
    }

    /** The classes that {@code pushdown} may list. */
    private static Stream<OperatorClass> listed() {
        return Stream.of(OperatorClass.values()).filter(kind -> !SWITCHED_ALONE.contains(kind));
    }

    static String listedNames() {
        return listed().map(OperatorClass::spelling).collect(Collectors.joining(", "));
    }

    /** The classes that stay on; settings of their own may switch some of them off, too. */
    private Set<OperatorClass> bound(Set<OperatorClass> classes) {
        Set<OperatorClass> on = EnumSet.noneOf(OperatorClass.class);
        on.addAll(classes);
        if (isOff("bind_joins")) {
            on.remove(OperatorClass.BIND);
        }
        on.removeIf(kind -> SWITCHED_ALONE.contains(kind) && !isOn(kind.spelling()));
        return on;
    }

    private boolean isOn(String name) {
        if (isOff(name)) {
            return false;
        }
        String written = get(name).toLowerCase(Locale.ROOT);
        if (written.equals("on") || written.equals("true")) {
            return true;
        }
        throw invalid(name, written, "on or off");
    }

    private boolean isOff(String name) {
        String written = get(name).toLowerCase(Locale.ROOT);
        return written.equals("off") || written.equals("false");
    }

    /** {@code on}: where keys are too many to send; {@code always}, in place of sending any; {@code off}. */
    private KeyFiltering keyFiltering() {
        String written = get("key_filtering").toLowerCase(Locale.ROOT);
        return switch (written) {
            case "on", "true" -> KeyFiltering.UNSENT;
            case "always" -> KeyFiltering.ALWAYS;
            case "off", "false" -> KeyFiltering.OFF;
            default -> throw invalid("key_filtering", written, "on, off or always");
        };
    }

    /** {@code on}: where keys are too many to send and statistics say that it pays; {@code always}, in place of sending any; {@code off}. */
    private KeyRanges keyRanges() {
        String written = get("key_ranges").toLowerCase(Locale.ROOT);
        return switch (written) {
            case "on", "true" -> KeyRanges.BY_COST;
            case "always" -> KeyRanges.ALWAYS;
            case "off", "false" -> KeyRanges.OFF;
            default -> throw invalid("key_ranges", written, "on, off or always");
        };
    }

    /** {@code by_cost}, {@code off}, or {@code always}, so that small tables show what large ones do. */
    private boolean bindsAlways() {
        String written = get("bind_joins").toLowerCase(Locale.ROOT);
        return switch (written) {
            case "always" -> true;
            case "by_cost", "off", "false" -> false;
            default -> throw invalid("bind_joins", written, "by_cost, always or off");
        };
    }

    /** {@code spilling}, or {@code stock}: Calcite's own, which hold everything in memory. */
    private LocalOperators localOperators() {
        String written = get("local_operators").toLowerCase(Locale.ROOT);
        return switch (written) {
            case "spilling" -> LocalOperators.SPILLING;
            case "stock" -> LocalOperators.STOCK;
            default -> throw invalid("local_operators", written, "spilling or stock");
        };
    }

    /** {@code on}: where it pays; {@code always}, so that small tables show what large ones do; {@code off}. */
    private SharedFetches sharedFetches() {
        String written = get("shared_fetches").toLowerCase(Locale.ROOT);
        return switch (written) {
            case "on", "true" -> SharedFetches.BY_COST;
            case "always" -> SharedFetches.ALWAYS;
            case "off", "false" -> SharedFetches.OFF;
            default -> throw invalid("shared_fetches", written, "on, off or always");
        };
    }

    /** {@code on}: where another order than the greedy one is clearly cheaper; {@code always}, wherever it is no dearer; {@code off}. */
    private JoinOrders joinOrders() {
        String written = get("join_search").toLowerCase(Locale.ROOT);
        return switch (written) {
            case "on", "true" -> JoinOrders.BY_COST;
            case "always" -> JoinOrders.ALWAYS;
            case "off", "false" -> JoinOrders.GREEDY;
            default -> throw invalid("join_search", written, "on, off or always");
        };
    }

    /** How many threads may work for the operators of one query; {@link LocalThreads#AUTO} for those that are free. */
    public int localThreads() {
        return auto("local_threads", LocalThreads.MOST);
    }

    /** In how many parts a large scan may be read at the same time: {@code auto}, {@code off}, which is 1, or a number. */
    public int scanSplits() {
        return get("scan_splits").equalsIgnoreCase("off") ? 1 : auto("scan_splits", LocalThreads.MOST);
    }

    /** {@code auto}, which is 0, or a number. */
    private int auto(String name, int most) {
        String written = get(name).toLowerCase(Locale.ROOT);
        if (written.equals("auto")) {
            return 0;
        }
        try {
            int number = Integer.parseInt(written);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new QueryException(ErrorCode.INVALID_PARAMETER, noValue(name, written, "auto, or 1 to " + most), e);
        }
        throw invalid(name, written, "auto, or 1 to " + most);
    }

    private List<String> list(String name) {
        return Stream.of(get(name).split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    private static QueryException invalid(String name, String value, String allowed) {
        return new QueryException(ErrorCode.INVALID_PARAMETER, noValue(name, value, allowed));
    }

    private static String noValue(String name, String value, String allowed) {
        return "'" + value + "' is no value for " + name + "; allowed: " + allowed;
    }
}
