package io.calque.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PushedTextTest {
    @Test
    void keepsTheNativeTextsAndCountsWhatStays() {
        PushedText pushed = PushedText.parse("""
                HashJoin inner on a = b  (about 7 rows)
                  Fetch sales  (about 5 rows)
                    | SELECT "a"
                    | FROM "t"
                  Calc  (about 2 rows)
                    Fetch music  (about 2 rows)
                      | db.artists.aggregate([])

                Done locally:
                  JOIN inner on a = b: its inputs come from different sources
                  PROJECT x: not exact there
                  PROJECT y: not exact there
                """.lines().toList());

        assertThat(pushed.lines(0))
                .isEqualTo(List.of(
                        "to sales  SELECT \"a\" FROM \"t\"",
                        "to music  db.artists.aggregate([])",
                        "here      join, 2 projects"));
        assertThat(new PushedText(List.of(new PushedText.Fetch("a", "one two three four ".repeat(5))), Map.of())
                        .lines(30))
                .isEqualTo(List.of(
                        "to a  one two three four one",
                        "      two three four one two",
                        "      three four one two thre…"));
    }
}
