package io.calque.mongodb.inference;

import io.calque.spi.catalog.TableDescriptor;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/**
 * What not every server that speaks MongoDB's protocol computes, or computes exactly. A pipeline uses it only where introspection saw
 * the right answer to its probe.
 */
public enum ServerFeature {
    /** Lengths, parts and positions of text in code points; some servers count UTF-16 units. */
    CODE_POINTS("$strLenCP", """
            [{$strLenCP: "a\\ud83d\\ude00b"}, {$substrCP: ["a\\ud83d\\ude00b", 1, 2]}, {$substrCP: ["ab", 5, 1]},
             {$indexOfCP: ["a\\ud83d\\ude00b", "b"]}, {$indexOfCP: ["", ""]}, {$indexOfCP: [null, "a"]}]""", "[3, \"\\ud83d\\ude00b\", \"\", 2, 0, null]"),
    /** Whether a text is in another, and whether at its beginning. */
    TEXT_SEARCH("$indexOfCP", """
            [{$gt: [{$indexOfCP: ["a\\ud83d\\ude00b", "b"]}, 0]}, {$indexOfCP: ["ab", "ab"]}, {$indexOfCP: ["a", "ab"]},
             {$indexOfCP: ["", ""]}, {$indexOfCP: [null, "a"]}]""", "[true, 0, -1, 0, null]"),
    /** A value under a name, and a failure on demand: what guards arithmetic. Decimals add and multiply exactly. */
    GUARDS("$reduce", """
            [{$reduce: {input: [{$add: [1, 2]}], initialValue: null, in: {$cond: [{$gt: ["$$this", 5]}, {$strLenCP: "$$this"}, "$$this"]}}},
             {$multiply: [{$numberDecimal: "99999999999999999.01"}, 3]},
             {$add: [{$numberDecimal: "0"}, {$numberLong: "9223372036854775807"}, 1]},
             {$subtract: [{$numberDecimal: "0.1"}, {$numberDecimal: "0.01"}]}]""", """
            [3, {$numberDecimal: "299999999999999997.03"}, {$numberDecimal: "9223372036854775808"},
             {$numberDecimal: "0.09"}]"""),
    /** Small whole numbers divide, and leave a remainder with the sign of the dividend. */
    REMAINDERS(
            "$mod",
            "[{$trunc: {$divide: [-7, 2]}}, {$mod: [-7, 4]}, {$mod: [{$numberLong: \"-9007199254740991\"}, 86400000]}]",
            "[-3, -3, -32340991]"),
    /** Whole numbers of 64 bits and decimals likewise. */
    LONG_REMAINDERS("$mod:long", """
            [{$mod: [{$numberLong: "9223372036854775807"}, 10]}, {$mod: [{$numberDecimal: "-12345678901234567890.5"}, 7]},
             {$trunc: {$divide: [{$add: [{$numberDecimal: "0"}, {$numberLong: "9223372036854775807"}]}, 2]}}]""", "[7, {$numberDecimal: \"-1.5\"}, {$numberDecimal: \"4611686018427387903\"}]"),
    /** FLOOR and CEIL of decimals keep all digits. */
    DECIMAL_ROUNDING("$floor", """
            [{$floor: {$numberDecimal: "-12345678901234567890.5"}}, {$ceil: {$numberDecimal: "12345678901234567890.5"}}]""", """
            [{$numberDecimal: "-12345678901234567891"}, {$numberDecimal: "12345678901234567891"}]"""),
    /** Dates and milliseconds add and subtract; parts of dates in UTC, also before 1970. */
    DATE_ARITHMETIC("$dayOfYear", """
            [{$subtract: [{$date: {$numberLong: "-1"}}, {$date: {$numberLong: "0"}}]},
             {$subtract: [{$date: {$numberLong: "-1"}}, {$numberLong: "86399999"}]},
             {$dayOfYear: {$date: {$numberLong: "-1"}}}]""", "[-1, {$date: {$numberLong: \"-86400000\"}}, 365]"),
    /** A Wednesday is the fourth day; some servers count from Monday. */
    WEEKDAYS("$dayOfWeek", "{$dayOfWeek: {$date: {$numberLong: \"-1\"}}}", "4"),
    ISO_WEEKS(
            "$isoWeek",
            "[{$isoWeek: {$date: {$numberLong: \"-1\"}}}, {$isoWeekYear: {$date: {$numberLong: \"-1\"}}}]",
            "[1, 1970]"),
    INTEGER_TEXT(
            "$toString",
            "[{$toString: -7}, {$toString: {$numberLong: \"9223372036854775807\"}}, {$toString: null}]",
            "[\"-7\", \"9223372036854775807\", null]"),
    TRIM("$trim", """
            [{$trim: {input: " \\ud83d\\ude00\\t ", chars: " "}}, {$ltrim: {input: "  a ", chars: " "}},
             {$rtrim: {input: " a  ", chars: " "}}, {$trim: {input: null, chars: " "}}]""", "[\"\\ud83d\\ude00\\t\", \"a \", \" a\", null]"),
    REPLACE("$replaceAll", """
            [{$replaceAll: {input: "aXa\\ud83d\\ude00", find: "a", replacement: "aa"}},
             {$replaceAll: {input: null, find: "a", replacement: "b"}}]""", "[\"aaXaa\\ud83d\\ude00\", null]"),
    REGEX("$regexMatch", """
            [{$regexMatch: {input: "a\\n\\ud83d\\ude00", regex: "^a..\\\\z", options: "s"}},
             {$regexMatch: {input: null, regex: "^a", options: "s"}}]""", "[true, false]"),
    /** Arrays are filtered element by element. */
    ARRAY_FILTER("$filter", "{$filter: {input: [1, null, 3], as: \"r\", cond: {$gt: [\"$$r\", 1]}}}", "[3]"),
    LOOKUP("$lookup", """
            [{$addFields: {"k#": null}},
             {$lookup: {from: "calque#none", localField: "k#", foreignField: "k#", as: "j#"}},
             {$project: {_id: 0, r: "$j#"}}]""", "[]", Form.STAGES),
    UNION_WITH("$unionWith", """
            [{$unionWith: {coll: "calque#none", pipeline: [{$match: {a: 1}}]}}, {$group: {_id: null, n: {$sum: 1}}},
             {$project: {_id: 0, r: "$n"}}]""", "1", Form.STAGES),
    /** Numbers, ranks, frames and neighbours in partitions of documents, where some values tie and others are null or missing. */
    WINDOWS("$setWindowFields", """
            [{$project: {v: {$literal: [{i: 3, x: null}, {i: 2, x: 1}, {i: 1, x: 3}, {i: 4}, {i: 2, x: 1}]}}}, {$unwind: "$v"},
             {$setWindowFields: {partitionBy: {p: {$ifNull: ["$v.p", null]}}, sortBy: {"v.i": 1}, output: {
                 n: {$documentNumber: {}}, k: {$rank: {}}, d: {$denseRank: {}}, all: {$sum: "$v.x"},
                 sum: {$sum: "$v.x", window: {documents: ["unbounded", "current"]}},
                 exact: {$sum: {$add: [{$ifNull: ["$v.x", 0]}, {$numberDecimal: "0.1"}]}, window: {documents: [-1, "current"]}},
                 max: {$max: "$v.x", window: {documents: [-1, "current"]}},
                 first: {$first: "$v.x", window: {documents: [-1, "current"]}}, last: {$last: "$v.x"},
                 before: {$shift: {output: "$v.x", by: -1, default: 9}}}}},
             {$setWindowFields: {partitionBy: {p: {$ifNull: ["$v.p", null]}, i: "$v.i"}, output: {r: {$min: "$n"}}}},
             {$setWindowFields: {partitionBy: {p: {$ifNull: ["$v.p", null]}}, sortBy: {r: 1}, output: {
                 e: {$denseRank: {}}, c: {$sum: 1, window: {range: ["unbounded", "current"]}}}}},
             {$sort: {n: 1}},
             {$group: {_id: null, r: {$push: {$concatArrays: [["$n", "$k", "$d", "$r", "$e", "$c", "$all", "$sum", "$exact",
                 "$max", "$first", "$last", "$before"]]}}}},
             {$project: {_id: 0, r: 1}}]""", """
            [[1, 1, 1, 1, 1, 1, 5, 3, {$numberDecimal: "3.1"}, 3, 3, null, 9],
             [2, 2, 2, 2, 2, 3, 5, 4, {$numberDecimal: "4.2"}, 3, 3, null, 3],
             [3, 2, 2, 2, 2, 3, 5, 5, {$numberDecimal: "2.2"}, 1, 1, null, 1],
             [4, 4, 3, 4, 3, 4, 5, 5, {$numberDecimal: "1.2"}, 1, 1, null, 1],
             [5, 5, 4, 5, 4, 5, 5, 5, {$numberDecimal: "0.2"}, null, null, null, null]]""", Form.STAGES);

    /** The fact of a table: what its server was seen to compute, separated by blanks. */
    public static final String FACT = "server";

    /** How a probe is written. */
    private enum Form {
        EXPRESSION,
        STAGES
    }

    private final String word;
    private final Form form;
    private final BsonValue probe;
    private final BsonValue answer;

    ServerFeature(String word, String probe, String answer) {
        this(word, probe, answer, Form.EXPRESSION);
    }

    ServerFeature(String word, String probe, String answer, Form form) {
        this.word = word;
        this.form = form;
        this.probe = parsed(probe);
        this.answer = parsed(answer);
    }

    private static BsonValue parsed(String json) {
        return BsonDocument.parse("{v: " + json + "}").values().iterator().next();
    }

    /** The operator that people know it by. */
    public String word() {
        return word;
    }

    /** Stages after one document, whose only field {@code r} answers. */
    List<BsonDocument> stages() {
        return form == Form.STAGES
                ? probe.asArray().stream().map(BsonValue::asDocument).toList()
                : List.of(new BsonDocument("$project", new BsonDocument("_id", new BsonInt32(0)).append("r", probe)));
    }

    BsonValue answer() {
        return answer;
    }

    static String text(Collection<ServerFeature> features) {
        return EnumSet.allOf(ServerFeature.class).stream()
                .filter(features::contains)
                .map(ServerFeature::word)
                .collect(Collectors.joining(" "));
    }

    /** What the server of a table was seen to compute; nothing where nobody looked. */
    public static Set<ServerFeature> of(TableDescriptor table) {
        Set<String> words = Set.of(table.facts().getOrDefault(FACT, "").split(" "));
        Set<ServerFeature> found = EnumSet.noneOf(ServerFeature.class);
        Arrays.stream(values()).filter(f -> words.contains(f.word)).forEach(found::add);
        return found;
    }
}
