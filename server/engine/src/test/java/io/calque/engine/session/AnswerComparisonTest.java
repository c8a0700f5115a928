package io.calque.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerComparisonTest {
    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void comparesBagsWhateverTheOrder() {
        AnswerComparison same = AnswerComparison.of(
                List.of(row(1L, "a"), row(2L, null)), List.of(row(2L, null), row(1L, "a")), List.of());

        assertThat(same.sameRows()).isTrue();
        assertThat(same.sameOrder()).isTrue();
    }

    @Test
    void comparesTheSequenceOfSortKeysOnly() {
        List<List<Object>> left = List.of(row(1L, "a"), row(1L, "b"), row(2L, "c"));
        List<List<Object>> ties = List.of(row(1L, "b"), row(1L, "a"), row(2L, "c"));
        List<List<Object>> turned = List.of(row(2L, "c"), row(1L, "a"), row(1L, "b"));

        assertThat(AnswerComparison.of(left, ties, List.of(0)).sameOrder()).isTrue();
        assertThat(AnswerComparison.of(left, turned, List.of(0)).sameOrder()).isFalse();
        assertThat(AnswerComparison.of(left, turned, List.of(0)).sameRows()).isTrue();
    }

    @Test
    void showsRowsThatOnlyOneSideHas() {
        AnswerComparison found = AnswerComparison.of(
                List.of(row(1L, "a"), row(1L, "a")), List.of(row(1L, "a"), row(1L, "a ")), List.of());

        assertThat(found.sameRows()).isFalse();
        assertThat(found.firstOnlyLeft()).containsExactly("(1, 'a')");
        assertThat(found.firstOnlyRight()).containsExactly("(1, 'a ')");
    }

    @Test
    void allowsForTheLastDigitsOfDoubles() {
        assertThat(AnswerComparison.of(List.of(row(0.1 + 0.2)), List.of(row(0.3)), List.of())
                        .sameRows())
                .isTrue();
        assertThat(AnswerComparison.of(List.of(row(0.3)), List.of(row(0.3000001)), List.of())
                        .sameRows())
                .isFalse();
    }

    @Test
    void comparesBytesByValue() {
        assertThat(AnswerComparison.of(List.of(row(new byte[] {1})), List.of(row(new byte[] {1})), List.of())
                        .sameRows())
                .isTrue();
    }
}
