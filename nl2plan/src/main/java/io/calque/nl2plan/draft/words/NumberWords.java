package io.calque.nl2plan.draft.words;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Numbers as people write them. Stateless. */
public final class NumberWords {
    private static final List<String> WORDS = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty");

    private NumberWords() {}

    public static Optional<Integer> of(String word) {
        int value = WORDS.indexOf(word);
        if (value >= 0) {
            return Optional.of(value);
        }
        return switch (word) {
            case "thirty" -> Optional.of(30);
            case "forty" -> Optional.of(40);
            case "fifty" -> Optional.of(50);
            case "hundred" -> Optional.of(100);
            case "thousand" -> Optional.of(1000);
            case "once" -> Optional.of(1);
            case "twice" -> Optional.of(2);
            default -> Optional.empty();
        };
    }

    /** "million" after a number. */
    static Optional<BigDecimal> scale(String word) {
        return switch (word) {
            case "hundred" -> Optional.of(BigDecimal.valueOf(100));
            case "thousand", "k" -> Optional.of(BigDecimal.valueOf(1000));
            case "million", "m" -> Optional.of(BigDecimal.valueOf(1_000_000));
            case "billion" -> Optional.of(BigDecimal.valueOf(1_000_000_000));
            default -> Optional.empty();
        };
    }

    /** "$30,000" and "12.5". */
    static BigDecimal digits(String text) {
        return new BigDecimal(text.replaceAll("[^0-9.]", ""));
    }
}
