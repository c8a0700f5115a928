package io.calque.benchmarks.peer;

import java.util.ArrayList;
import java.util.List;

/**
 * What one adapter made of one question.
 *
 * @param stages what the server was asked for, besides the columns: {@code aggregate, filter}
 * @param rows values joined by {@code |}
 * @param failure empty where there is an answer
 */
record PeerAnswer(String stages, List<String> rows, String failure) {
    PeerAnswer {
        rows = List.copyOf(rows);
    }

    boolean isRight(PeerQuery query) {
        return failure.isEmpty() && inOrder(query, rows).equals(inOrder(query, query.rows()));
    }

    private static List<String> inOrder(PeerQuery query, List<String> rows) {
        List<String> sorted = new ArrayList<>(rows);
        if (!query.ordered()) {
            sorted.sort(null);
        }
        return sorted;
    }

    /** "right", "fails: ClassCastException", or the rows that are wrong. */
    String verdict(PeerQuery query) {
        if (isRight(query)) {
            return "right";
        }
        if (!failure.isEmpty()) {
            return "fails (" + failure + ")";
        }
        return "**wrong**: "
                + (rows.isEmpty() ? "no row" : String.join(" / ", rows).replace("|", ", "));
    }
}
