package io.calque.nl2plan.teach;

import io.calque.nl2plan.search.Stems;
import io.calque.nl2plan.search.Thesaurus;
import io.calque.nl2plan.search.WordList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a question says, whatever its wording: the words that matter, in one form each, and its numbers. Immutable.
 *
 * @param words as written, in lower case
 * @param numbers in their order
 */
record QuestionWords(List<String> words, List<String> numbers) {
    private static final Pattern WORD = Pattern.compile("\\d+(?:[.,]\\d+)*|[\\p{L}]+(?:'[a-z]+)?");
    private static final Set<String> CARRIERS = WordList.carriers();
    private static final int LEAST_ROOT = 4;

    QuestionWords {
        words = List.copyOf(words);
        numbers = List.copyOf(numbers);
    }

    static QuestionWords of(String question) {
        List<String> words = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        Matcher matcher = WORD.matcher(question.replace('’', '\''));
        while (matcher.find()) {
            String word = matcher.group().toLowerCase(Locale.ROOT).replaceAll("'(s|d|ll|re|ve|m)$", "");
            if (Character.isDigit(word.charAt(0))) {
                numbers.add(word.replace(",", ""));
            } else if (!word.isEmpty() && !CARRIERS.contains(word) && !words.contains(word)) {
                words.add(word);
            }
        }
        return new QuestionWords(words, numbers);
    }

    /** The words that the other question has nothing like. */
    List<String> beyond(QuestionWords other, Thesaurus thesaurus) {
        return words.stream()
                .filter(word -> other.words.stream().noneMatch(w -> alike(word, w, thesaurus)))
                .toList();
    }

    private static boolean alike(String a, String b, Thesaurus thesaurus) {
        String one = Stems.of(a);
        String two = Stems.of(b);
        if (one.equals(two) || thesaurus.similar(one, two)) {
            return true;
        }
        // "warmers" and "warming"
        boolean root = Math.min(one.length(), two.length()) >= LEAST_ROOT;
        return root && (one.startsWith(two) || two.startsWith(one)) && Math.abs(one.length() - two.length()) <= 3;
    }
}
