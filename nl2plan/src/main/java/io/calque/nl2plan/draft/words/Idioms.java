package io.calque.nl2plan.draft.words;

import io.calque.nl2plan.search.WordList;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Turns of phrase of general English, said in the words of the grammar: {@code idioms.txt}. Immutable, thread-safe. */
public final class Idioms {
    private static final String ARROW = " =>";

    private final List<Idiom> idioms = new ArrayList<>();

    private record Idiom(Pattern form, String meaning) {}

    private Idioms() {
        WordList.lines("idioms.txt").forEach(this::add);
    }

    private void add(String line) {
        int arrow = line.lastIndexOf(ARROW);
        String form = line.substring(0, arrow);
        String meaning = line.substring(arrow + ARROW.length()).strip();
        idioms.add(
                new Idiom(Pattern.compile(form, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), " " + meaning + " "));
    }

    public static Idioms load() {
        return new Idioms();
    }

    /** The question in plainer words; what stands in quotes is left as it is. */
    public String plain(String question) {
        String text = question;
        for (Idiom idiom : idioms) {
            String plainer = idiom.form().matcher(text).replaceAll(idiom.meaning());
            text = plainer.equals(text)
                    ? text
                    : plainer.replaceAll("\\s{2,}", " ").strip();
        }
        return text.replaceAll("\\s{2,}", " ").strip();
    }
}
