package io.calque.app.config;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.source.Secret;
import io.calque.spi.source.SourceConfig;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code calque.yaml}. Immutable and thread-safe. */
public final class ConfigurationReader {
    private static final String SQLITE_PREFIX = "jdbc:sqlite:";
    private static final int MOST_VALUES = 100_000;

    /** Catalogs of Calque's own. */
    private static final List<String> RESERVED = List.of("calque", "system", "information_schema");

    private final SortedSet<String> kinds;
    private final Map<String, String> environment;

    /**
     * @param kinds the adapters' words for {@code kind:}
     * @param environment variables that {@code ${env:NAME}} sees
     */
    public ConfigurationReader(SortedSet<String> kinds, Map<String, String> environment) {
        this.kinds = new TreeSet<>(kinds);
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads and checks a file.
     *
     * @throws QueryException CONFIG_INVALID with {@code file:line:column} of the first thing that is wrong
     */
    public Configuration read(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        String text = content(file);
        Path directory = absolute.getParent() == null ? absolute : absolute.getParent();
        YamlSection root = new YamlSection(
                        file.toString(), new References(environment, directory), compose(file.toString(), text))
                .allowing(List.of("sources", "registry", "server", "limits", "introspection", "search"));
        return new Configuration(
                absolute,
                sources(root.section("sources"), directory),
                directory.resolve(root.text("registry").orElse(Configuration.DEFAULT_REGISTRY)),
                ServerSection.read(root.section("server"), directory),
                limits(root.section("limits"), directory),
                introspection(root.section("introspection"), root.section("sources")),
                search(root.section("search")));
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    "Configuration " + file + " does not exist. Name one with --config, or try 'calque demo'.",
                    e);
        } catch (MalformedInputException e) {
            throw new QueryException(ErrorCode.CONFIG_INVALID, "Configuration " + file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new QueryException(ErrorCode.CONFIG_INVALID, "Configuration " + file + " cannot be read", e);
        }
    }

    private static Node compose(String name, String text) {
        try {
            Node node = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            return node == null ? YamlSection.nothing() : node;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String place = mark == null ? name : name + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
            String context = e.getContext() == null ? "" : " (" + e.getContext() + ")";
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID, place + ": not valid YAML: " + e.getProblem() + context, e);
        } catch (YAMLException e) {
            throw new QueryException(ErrorCode.CONFIG_INVALID, name + ": not valid YAML: " + e.getMessage(), e);
        }
    }

    private List<SourceConfig> sources(YamlSection section, Path directory) {
        List<SourceConfig> sources = new ArrayList<>();
        for (String name : section.keys()) {
            sources.add(source(sourceId(section, name), section.section(name), directory));
        }
        return sources;
    }

    private static SourceId sourceId(YamlSection section, String name) {
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw section.invalidKey(name, "source name '" + name + "' is Calque's own; choose another");
        }
        try {
            return new SourceId(name);
        } catch (QueryException e) {
            throw section.invalidKey(name, String.valueOf(e.getMessage()));
        }
    }

    private SourceConfig source(SourceId id, YamlSection section, Path directory) {
        section.allowing(List.of(
                "kind",
                "url",
                "user",
                "password",
                "include",
                "exclude",
                "permits",
                "pool",
                "connect_timeout",
                "options"));
        String kind = section.requiredText("kind");
        if (!kinds.contains(kind)) {
            throw section.invalidAt(
                    "kind",
                    "unknown source kind '" + kind + "'; known kinds: " + String.join(", ", kinds) + "."
                            + NearestName.hint(kind, kinds));
        }
        int permits = section.integer("permits", 1, 1000).orElse(SourceConfig.DEFAULT_PERMITS);
        int pool = section.integer("pool", 1, 10_000).orElse(permits + 2);
        if (pool < permits) {
            throw section.invalidAt("pool", "'pool' is " + pool + ", fewer than the " + permits + " permits");
        }
        return new SourceConfig(
                id,
                kind,
                besideConfiguration(section.requiredText("url"), directory),
                section.text("user"),
                section.text("password").map(Secret::new),
                section.texts("include"),
                section.texts("exclude"),
                permits,
                pool,
                section.duration("connect_timeout").orElse(SourceConfig.DEFAULT_CONNECT_TIMEOUT),
                options(section.section("options")));
    }

    /** A relative SQLite file is relative to the configuration, not to whatever directory the command runs in. */
    private static String besideConfiguration(String url, Path directory) {
        String path = url.startsWith(SQLITE_PREFIX) ? url.substring(SQLITE_PREFIX.length()) : "";
        if (path.isEmpty() || path.startsWith(":") || path.startsWith("file:")) {
            return url;
        }
        int query = path.indexOf('?');
        String file = query < 0 ? path : path.substring(0, query);
        return SQLITE_PREFIX + directory.resolve(file).normalize() + (query < 0 ? "" : path.substring(query));
    }

    private static SortedMap<String, String> options(YamlSection section) {
        SortedMap<String, String> options = new TreeMap<>();
        for (String key : section.keys()) {
            options.put(key, section.text(key).orElse(""));
        }
        return options;
    }

    private static IntrospectionSettings introspection(YamlSection section, YamlSection sources) {
        section.allowing(List.of("every", "sources", "values"));
        YamlSection each = section.section("sources");
        each.allowing(sources.keys());
        SortedMap<SourceId, Duration> own = new TreeMap<>();
        for (String name : each.keys()) {
            each.duration(name).ifPresent(every -> own.put(new SourceId(name), every));
        }
        return new IntrospectionSettings(
                section.duration("every").orElse(IntrospectionSettings.DEFAULT.every()),
                own,
                section.integer("values", 0, MOST_VALUES).orElse(IntrospectionSettings.DEFAULT.values()));
    }

    private static SearchSettings search(YamlSection section) {
        section.allowing(List.of("vectors", "values"));
        return new SearchSettings(use(section, "vectors"), use(section, "values"));
    }

    private static SearchSettings.Use use(YamlSection section, String key) {
        String word = section.text(key).orElse("auto");
        return switch (word) {
            case "auto" -> SearchSettings.Use.AUTO;
            // YAML reads a bare off as false
            case "off", "false" -> SearchSettings.Use.OFF;
            default -> throw section.invalidAt(key, "'" + key + "' is '" + word + "'; it can be auto or off");
        };
    }

    private static Limits limits(YamlSection section, Path directory) {
        section.allowing(List.of("statement_timeout", "query_memory", "total_memory", "spool_disk", "spool_directory"));
        return new Limits(
                section.duration("statement_timeout"),
                section.bytes("query_memory"),
                section.bytes("total_memory"),
                section.bytes("spool_disk"),
                section.text("spool_directory").map(directory::resolve));
    }
}
