package io.calque.benchmarks.fragments;

import io.calque.benchmarks.tpch.TpchQuery;
import io.calque.benchmarks.tpch.TpchSplit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hand-written requests of one query in one split, each after those whose values it takes, and the SQL by which their rows make the
 * answer, which proves that nothing is missing. Immutable.
 *
 * <pre>
 * # Q17
 * lite parts: SELECT p_partkey FROM part WHERE ...
 * pg revenue: SELECT SUM(...) AS total FROM lineitem WHERE l_partkey = ANY(:parts.p_partkey)
 * answer: SELECT total / 7.0 FROM revenue
 * </pre>
 *
 * <p>{@code :parts.p_partkey} stands for the different values of a column, {@code :parts.p_partkey[]} for those of all rows in their
 * order; {@code keep o_custkey in customers.c_custkey} after a request to MongoDB for what its reader keeps, and {@code by 200} for a
 * request that is sent once for each so many of its values, for a server that looks up few of them sooner than many.
 */
public final class BestFragments {
    private static final Pattern QUERY = Pattern.compile("# Q(\\d+)");
    private static final Pattern BEGIN = Pattern.compile("(pg|lite|mongo) (\\w+): *(.*)");
    private static final Pattern ANSWER = Pattern.compile("answer: *(.*)");
    private static final Pattern MONGO =
            Pattern.compile("(\\w+\\.\\w+) +(\\[.*\\])( keep (\\w+) in (\\w+)\\.(\\w+))?( by (\\d+))?", Pattern.DOTALL);
    private static final String WHOLE = "whole";

    private final List<Fragment> fragments;
    private final String answer;

    private BestFragments(List<Fragment> fragments, String answer) {
        this.fragments = List.copyOf(fragments);
        this.answer = answer;
    }

    /** Those of a query, with the parameters of its scale factor. */
    public static BestFragments of(TpchSplit split, TpchQuery query, double scaleFactor) {
        List<String> parts = new ArrayList<>();
        boolean here = false;
        for (String line : resource(split).split("\n")) {
            Matcher heading = QUERY.matcher(line);
            if (heading.matches()) {
                here = Integer.parseInt(heading.group(1)) == query.number();
            } else if (here && !line.isBlank() && !line.startsWith("--")) {
                if (BEGIN.matcher(line).matches() || ANSWER.matcher(line).matches()) {
                    parts.add(line);
                } else {
                    parts.set(parts.size() - 1, parts.get(parts.size() - 1) + "\n" + line);
                }
            }
        }
        return read(parts, query, scaleFactor);
    }

    private static BestFragments read(List<String> parts, TpchQuery query, double scaleFactor) {
        List<Fragment> fragments = new ArrayList<>();
        String answer = "";
        for (String part : parts) {
            String text = part.replace("{fraction}", TpchQuery.fraction(scaleFactor));
            String first = text.lines().findFirst().orElseThrow();
            String rest = text.substring(first.length());
            Matcher begin = BEGIN.matcher(first);
            Matcher last = ANSWER.matcher(first);
            if (begin.matches()) {
                String request = begin.group(3) + rest;
                fragments.add(fragment(begin.group(1), begin.group(2), request.equals(WHOLE) ? query.sql() : request));
            } else if (last.matches()) {
                answer = last.group(1) + rest;
            }
        }
        if (fragments.isEmpty() || answer.isEmpty()) {
            throw new IllegalStateException("No fragments or no answer of query " + query.number());
        }
        return new BestFragments(fragments, answer);
    }

    private static Fragment fragment(String source, String name, String text) {
        if (!source.equals("mongo")) {
            return new Fragment(source, name, "", text, Optional.empty(), Integer.MAX_VALUE);
        }
        Matcher matcher = MONGO.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException("Not a request to MongoDB: " + text);
        }
        Optional<Fragment.Kept> kept = Optional.ofNullable(matcher.group(4))
                .map(field -> new Fragment.Kept(field, Fragment.slot(matcher.group(5), matcher.group(6), false)));
        int atOnce = matcher.group(8) == null ? Integer.MAX_VALUE : Integer.parseInt(matcher.group(8));
        return new Fragment(source, name, matcher.group(1), matcher.group(2), kept, atOnce);
    }

    private static String resource(TpchSplit split) {
        String name = "/tpch/best/" + split.name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream stream = BestFragments.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Resource " + name + " cannot be read", e);
        }
    }

    List<Fragment> fragments() {
        return fragments;
    }

    /** SQL for PostgreSQL over tables named as the fragments are. */
    String answer() {
        return answer;
    }
}
