package io.calque.benchmarks.fuzz;

import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.Capability.Use;
import io.calque.testkit.fuzz.AskedQueries;
import io.calque.testkit.fuzz.Dice;
import io.calque.testkit.fuzz.FuzzWorld;
import io.calque.testkit.fuzz.Place;
import io.calque.testkit.fuzz.Query;
import io.calque.testkit.fuzz.RandomQueries;
import io.calque.testkit.fuzz.Spelling;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Chooses queries so that what was pushed least so far is asked for more. Most are made for it, function by function; of the others half
 * are picked out of some random queries over one source, as naming most of it, and half are not chosen at all. Follows from the seed and
 * the ledger. Single-threaded.
 */
final class Steering {
    private static final int CANDIDATES = 24;
    private static final double ASKED = 0.72;
    private static final double CHOSEN = 0.13;
    /** A word that this source never took spoils the projection or condition that it stands in. */
    private static final double SPOILT = 0.6;

    private static final int LEARNT = 60;
    /** What was asked for so often and never pushed is rewritten before it comes to a source, as COALESCE is. */
    private static final int HOPELESS = 12;
    /** In one seed's queries; so many make a use worth half as much as one that was never pushed. */
    private static final double ENOUGH = 12;
    /** The same for queries that are made for a use, whose worth falls faster. */
    private static final double PLENTY = 24;

    private final RandomQueries random;
    private final AskedQueries asking;
    private final FragmentLedger ledger;
    private final Dice dice;
    private final Map<Place, Map<Use, Integer>> tries = new EnumMap<>(Place.class);
    private final Map<Place, Map<Use, Integer>> askedFor = new EnumMap<>(Place.class);
    private final Map<Place, Map<Use, Integer>> before = new EnumMap<>(Place.class);
    private final Map<Use, Pattern> spellings = new HashMap<>();
    private int asked;

    Steering(FuzzWorld world, FragmentLedger ledger, long seed) {
        this.random = new RandomQueries(world, seed);
        this.asking = new AskedQueries(world, seed);
        this.ledger = ledger;
        this.dice = new Dice(seed ^ 0x5EED);
    }

    Query next() {
        asked++;
        double share = dice.share();
        if (share < ASKED) {
            return made();
        }
        return share < ASKED + CHOSEN ? picked(dice.of(Place.values())) : random.next();
    }

    /** Of the source of which most is wanted most often. */
    private Query made() {
        Map<Place, Map<Use, Double>> wanted = new EnumMap<>(Place.class);
        double sum = 0;
        for (Place place : Place.values()) {
            wanted.put(place, wanted(place));
            sum += total(wanted.get(place));
        }
        double left = dice.share() * sum;
        Place chosen = Place.POSTGRES;
        for (Map.Entry<Place, Map<Use, Double>> entry : wanted.entrySet()) {
            chosen = entry.getKey();
            left -= total(entry.getValue());
            if (left < 0) {
                break;
            }
        }
        AskedQueries.Asked made = asking.next(chosen, wanted.get(chosen));
        Map<Use, Integer> tried = askedFor.computeIfAbsent(chosen, p -> new HashMap<>());
        made.uses().forEach(use -> tried.merge(use, 1, Integer::sum));
        return made.query();
    }

    private static double total(Map<Use, Double> weights) {
        return weights.values().stream().mapToDouble(w -> w).sum();
    }

    private Map<Use, Double> wanted(Place place) {
        Map<Use, Integer> counts = new TreeMap<>(ledger.soFar(place.source()));
        Map<Use, Integer> first = before.computeIfAbsent(place, p -> Map.copyOf(counts));
        Map<Use, Integer> tried = askedFor.computeIfAbsent(place, p -> new HashMap<>());
        Map<Use, Double> wanted = new TreeMap<>();
        for (Use use : ledger.proven().getOrDefault(place.source(), Set.of())) {
            int count = counts.getOrDefault(use, 0);
            double often = Math.pow(count / PLENTY, 8);
            // In a world whose tables do not have what it takes it is asked for in vain.
            double reached = (1.0 + count - first.getOrDefault(use, 0)) / (1 + tried.getOrDefault(use, 0));
            wanted.put(use, Math.min(1, Math.max(0.1, 2 * reached)) / (1 + often));
        }
        return wanted;
    }

    private Query picked(Place place) {
        Map<Use, Integer> counts = ledger.soFar(place.source());
        Map<Use, Integer> tried = tries.computeIfAbsent(place, p -> new HashMap<>());
        Query best = random.next(place);
        double most = worth(best, counts, tried);
        for (int i = 1; i < CANDIDATES; i++) {
            Query other = random.next(place);
            double worth = worth(other, counts, tried);
            if (worth > most) {
                best = other;
                most = worth;
            }
        }
        String sql = Spelling.of(best, Spelling.Reader.CALQUE).sql();
        counts.keySet().stream()
                .filter(use -> spelling(use).matcher(sql).find())
                .forEach(use -> tried.merge(use, 1, Integer::sum));
        return best;
    }

    private double worth(Query query, Map<Use, Integer> counts, Map<Use, Integer> tried) {
        String sql = Spelling.of(query, Spelling.Reader.CALQUE).sql();
        double worth = 0;
        for (Map.Entry<Use, Integer> entry : counts.entrySet()) {
            boolean hopeless = entry.getValue() == 0 && tried.getOrDefault(entry.getKey(), 0) > HOPELESS;
            if (!hopeless && spelling(entry.getKey()).matcher(sql).find()) {
                double often = entry.getValue() / ENOUGH;
                worth += 1 / (1 + often * often);
            }
        }
        if (asked > LEARNT) {
            worth -= SPOILT * strangers(sql, counts).size();
        }
        return worth;
    }

    /** Functions in a text that this source was never given. */
    private static List<String> strangers(String sql, Map<Use, Integer> counts) {
        List<String> strangers = new ArrayList<>();
        for (Stranger stranger : Stranger.ALL) {
            boolean known = stranger.uses().stream().anyMatch(use -> counts.getOrDefault(use, 0) > 0);
            if (!known && stranger.spelled().matcher(sql).find()) {
                strangers.add(stranger.word());
            }
        }
        return strangers;
    }

    /**
     * A function that the generator may ask for.
     *
     * @param uses as what it may be pushed
     */
    private record Stranger(String word, Pattern spelled, List<Use> uses) {
        static final List<Stranger> ALL = List.of(
                of("UPPER"),
                of("LOWER"),
                of("CONCAT", "||"),
                of("SUBSTRING"),
                of("LTRIM", "TRIM"),
                of("RTRIM", "TRIM"),
                of("BTRIM", "TRIM"),
                of("TRIM"),
                of("REVERSE"),
                of("REPLACE"),
                of("LEFT", "SUBSTRING"),
                of("RIGHT"),
                of("LPAD"),
                of("RPAD"),
                of("REPEAT"),
                of("SPLIT_PART"),
                of("DATE_TRUNC", "FLOOR"),
                of("ABS"),
                of("SIGN"),
                of("MOD", "%"),
                of("CHAR_LENGTH"),
                of("LENGTH", "CHAR_LENGTH"),
                of("OCTET_LENGTH"),
                of("POSITION"),
                of("EXTRACT"),
                of("ROUND"),
                of("TRUNC", "TRUNCATE"),
                of("FLOOR"),
                of("CEIL"),
                of("SQRT"),
                of("GREATEST", "CASE"),
                of("LEAST", "CASE"),
                of("STRING_AGG"),
                of("BOOL_AND", "MIN"),
                of("BOOL_OR", "MAX"),
                of("EVERY", "MIN"),
                new Stranger("ILIKE", Pattern.compile(" ILIKE "), List.of(new Use(Kind.FUNCTION, "ILIKE"))),
                new Stranger("*", Pattern.compile(" \\* "), List.of(new Use(Kind.FUNCTION, "*"))),
                new Stranger(
                        "/",
                        Pattern.compile(" / "),
                        List.of(new Use(Kind.FUNCTION, "/"), new Use(Kind.FUNCTION, "/INT"))),
                new Stranger("+", Pattern.compile(" \\+ "), List.of(new Use(Kind.FUNCTION, "+"))),
                new Stranger("-", Pattern.compile(" - "), List.of(new Use(Kind.FUNCTION, "-"))),
                new Stranger(
                        "OVER",
                        Pattern.compile(" OVER "),
                        List.of(new Use(Kind.WINDOW, "ROW_NUMBER"), new Use(Kind.WINDOW, "COUNT"))));

        private static Stranger of(String word, String... others) {
            List<Use> uses = new ArrayList<>();
            for (String name : others.length == 0 ? new String[] {word} : others) {
                uses.add(new Use(Kind.FUNCTION, name));
                uses.add(new Use(Kind.AGGREGATE, name));
            }
            uses.add(new Use(Kind.FUNCTION, word));
            uses.add(new Use(Kind.AGGREGATE, word));
            return new Stranger(word, Pattern.compile("\\b" + word + "\\("), uses);
        }
    }

    private Pattern spelling(Use use) {
        return spellings.computeIfAbsent(use, u -> Pattern.compile(spelled(u)));
    }

    /** How a text looks that may lead to this use. */
    private static String spelled(Use use) {
        String name = use.name();
        return switch (use.kind()) {
            case OPERATOR ->
                switch (name) {
                    case "FILTER" -> " WHERE ";
                    case "DISTINCT" -> "SELECT DISTINCT |GROUP BY ";
                    case "AGGREGATE" -> "SELECT (COUNT|SUM|MIN|MAX|AVG)\\(";
                    case "GROUP BY" -> "GROUP BY ";
                    case "AGGREGATE FILTER" -> "FILTER \\(";
                    case "GROUPING SETS" -> "ROLLUP|CUBE|GROUPING SETS";
                    default -> "SELECT ";
                };
            case JOIN ->
                switch (name) {
                    case "INNER" -> " t0 JOIN ";
                    case "SEMI" -> " (?<!NOT )EXISTS \\(| IN \\(SELECT";
                    case "ANTI" -> "NOT EXISTS| NOT IN \\(SELECT";
                    default -> " " + name + " JOIN ";
                };
            case SET_OPERATION -> "\\) " + name + " \\(";
            case SORT ->
                switch (name) {
                    case "ASC NULLS LAST" -> "ORDER BY [^ ]+( ASC|,|$)";
                    case "DESC NULLS FIRST" -> " DESC(,|$| LIMIT)";
                    case "ASC NULLS FIRST" -> "[^C] NULLS FIRST";
                    default -> name;
                };
            case AGGREGATE ->
                name.endsWith(" DISTINCT")
                        ? name.replace(" DISTINCT", "") + "\\(DISTINCT "
                        : (name.equals("$SUM0") ? "SUM" : name) + "\\(";
            case WINDOW -> name.replace("$SUM0", "SUM") + "\\([^()]*\\) OVER ";
            case FUNCTION ->
                switch (name) {
                    case "CASE" -> "CASE WHEN|COALESCE|NULLIF";
                    case "SEARCH" -> " IN \\(| BETWEEN ";
                    case "/INT" -> " / ";
                    case "%" -> "MOD\\(";
                    case "TRIM" -> "TRIM\\(";
                    case "FLOOR" -> "FLOOR\\(|DATE_TRUNC\\(";
                    case "CHARACTER_LENGTH" -> "CHAR_LENGTH\\(";
                    default ->
                        name.matches("\\w+( \\w+)*") ? "\\b" + name + "( |\\(|\\))" : " " + Pattern.quote(name) + " ";
                };
        };
    }
}
