package io.calque.benchmarks.fuzz;

import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.Capability.Use;
import io.calque.testkit.fuzz.Dice;
import io.calque.testkit.fuzz.Place;
import io.calque.testkit.fuzz.Query;
import io.calque.testkit.fuzz.RandomQueries;
import io.calque.testkit.fuzz.Spelling;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Chooses queries so that what was pushed least so far is asked for more: of some random queries over one source, the one that names
 * most of it. A quarter of the queries is not chosen at all. Follows from the seed and the ledger. Single-threaded.
 */
final class Steering {
    private static final int CANDIDATES = 64;
    private static final double CHOSEN = 0.75;
    /** A word that this source never took spoils the projection or condition that it stands in. */
    private static final double SPOILT = 0.6;

    private static final int LEARNT = 60;
    /** What was asked for so often and never pushed is rewritten before it comes to a source, as COALESCE is. */
    private static final int HOPELESS = 12;
    /** In one seed's queries; so many make a use worth half as much as one that was never pushed. */
    private static final double ENOUGH = 12;

    private final RandomQueries random;
    private final FragmentLedger ledger;
    private final Dice dice;
    private final Map<Place, Map<Use, Integer>> tries = new EnumMap<>(Place.class);
    private final Map<Use, Pattern> spellings = new HashMap<>();
    private int asked;

    Steering(RandomQueries random, FragmentLedger ledger, long seed) {
        this.random = random;
        this.ledger = ledger;
        this.dice = new Dice(seed ^ 0x5EED);
    }

    Query next() {
        asked++;
        if (!dice.chance(CHOSEN)) {
            return random.next();
        }
        Place place = dice.of(Place.values());
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
