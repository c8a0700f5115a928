package io.calque.nl2plan.embed;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A text as the numbers of the pieces of words that BERT knows (Wu et al., 2016): lower case without accents, punctuation apart, each word
 * cut from the left into the longest known pieces. Immutable, thread-safe.
 */
final class WordPieces {
    private static final int LONGEST = 128;
    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> vocabulary;
    private final int start;
    private final int end;
    private final int unknown;

    WordPieces(Map<String, Integer> vocabulary) {
        this.vocabulary = Map.copyOf(vocabulary);
        this.start = number("[CLS]");
        this.end = number("[SEP]");
        this.unknown = number("[UNK]");
    }

    private int number(String piece) {
        Integer number = vocabulary.get(piece);
        if (number == null) {
            throw new IllegalStateException("the vocabulary has no '" + piece + "'");
        }
        return number;
    }

    int[] of(String text) {
        List<Integer> pieces = new ArrayList<>(List.of(start));
        for (String word : words(text)) {
            add(word, pieces);
        }
        List<Integer> kept = new ArrayList<>(pieces.subList(0, Math.min(pieces.size(), LONGEST - 1)));
        kept.add(end);
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<String> words(String text) {
        String plain = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("\\p{Mn}", "");
        StringBuilder apart = new StringBuilder();
        plain.codePoints().forEach(c -> {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                apart.append(' ');
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                return;
            } else if (Character.isLetterOrDigit(c) && !Character.isIdeographic(c)) {
                apart.appendCodePoint(c);
            } else {
                apart.append(' ').appendCodePoint(c).append(' ');
            }
        });
        return List.of(apart.toString().strip().split(" +"));
    }

    private void add(String word, List<Integer> pieces) {
        List<Integer> own = new ArrayList<>();
        int from = 0;
        while (from < word.length()) {
            int to = word.length();
            Integer found = null;
            while (found == null && to > from) {
                found = vocabulary.get((from == 0 ? "" : "##") + word.substring(from, to));
                to--;
            }
            if (found == null || word.length() > LONGEST_WORD) {
                pieces.add(unknown);
                return;
            }
            own.add(found);
            from = to + 1;
        }
        pieces.addAll(own);
    }
}
