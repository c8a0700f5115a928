package io.calque.app.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.app.format.ValueText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer in a form in which equal answers are equal: numbers to six digits, midnight as its day, empty text as NULL.
 *
 * @param rows one text a value
 */
public record Rows(List<List<String>> rows) {
    private static final String NULL = "\u0000";
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final int ATTEMPTS = 5000;

    public Rows {
        rows = rows.stream().map(List::copyOf).toList();
    }

    static Rows of(QueryClient client, String sql) {
        List<List<String>> rows = new ArrayList<>();
        try (Answer answer = client.run(sql)) {
            for (Optional<List<@Nullable Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
                List<String> values = new ArrayList<>();
                for (Object value : row.get()) {
                    values.add(normal(value));
                }
                rows.add(values);
            }
        }
        return new Rows(rows);
    }

    /** Of an answer of one column, which holds each row as a JSON object. */
    static Rows ofJson(QueryClient client, String sql) {
        List<List<String>> rows = new ArrayList<>();
        for (List<String> row : of(client, sql).rows()) {
            List<String> values = new ArrayList<>();
            try {
                JSON.readTree(row.get(0)).forEach(value -> values.add(normal(value.isNull() ? null : value.asText())));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("row_to_json gave no JSON", e);
            }
            rows.add(values);
        }
        return new Rows(rows);
    }

    private static String normal(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof Boolean truth) {
            return truth ? "1" : "0";
        }
        String text = ValueText.of(value).strip();
        if (text.isEmpty()) {
            return NULL;
        }
        if (text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
            BigDecimal rounded = new BigDecimal(text).round(new MathContext(6));
            return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        }
        String midnight =
                text.replaceFirst("(\\d{4}-\\d\\d-\\d\\d)[T ]00:00:00(\\.0+)?(Z|[+-]\\d\\d(:?\\d\\d)?)?$", "$1");
        return midnight.replaceFirst("^(\\d+) days?$", "$1");
    }

    /** Whether each of these columns is found in the other answer, rows as bags or, where order counts, as sequences. */
    boolean within(Rows other, boolean ordered) {
        if (rows.size() != other.rows.size()) {
            return false;
        }
        if (rows.isEmpty()) {
            return true;
        }
        int width = rows.get(0).size();
        List<List<Integer>> candidates = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            List<Integer> same = new ArrayList<>();
            for (int theirs = 0; theirs < other.rows.get(0).size(); theirs++) {
                if (column(column, ordered).equals(other.column(theirs, ordered))) {
                    same.add(theirs);
                }
            }
            candidates.add(same);
        }
        return assign(other, ordered, candidates, new ArrayList<>(), new HashSet<>(), new int[] {ATTEMPTS});
    }

    private List<String> column(int column, boolean ordered) {
        List<String> values = new ArrayList<>();
        rows.forEach(row -> values.add(row.get(column)));
        if (!ordered) {
            Collections.sort(values);
        }
        return values;
    }

    private boolean assign(
            Rows other,
            boolean ordered,
            List<List<Integer>> candidates,
            List<Integer> chosen,
            Set<Integer> used,
            int[] attempts) {
        if (chosen.size() == candidates.size()) {
            attempts[0]--;
            List<List<String>> picked = other.rows.stream()
                    .map(row -> chosen.stream().map(row::get).toList())
                    .toList();
            return ordered ? picked.equals(rows) : bag(picked).equals(bag(rows));
        }
        for (int candidate : candidates.get(chosen.size())) {
            if (attempts[0] > 0 && used.add(candidate)) {
                chosen.add(candidate);
                if (assign(other, ordered, candidates, chosen, used, attempts)) {
                    return true;
                }
                chosen.remove(chosen.size() - 1);
                used.remove(candidate);
            }
        }
        return false;
    }

    private static Map<List<String>, Integer> bag(List<List<String>> rows) {
        Map<List<String>, Integer> bag = new HashMap<>();
        rows.forEach(row -> bag.merge(row, 1, Integer::sum));
        return bag;
    }

    int width() {
        return rows.isEmpty() ? 0 : rows.get(0).size();
    }
}
