package io.calque.app.question;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What words of a question may mean, where it was asked back.
 *
 * @param words as they stand in the question
 * @param meanings {@code column sales.public.invoice.total}, {@code table ...} or {@code value '...' of ...}; several
 */
public record Choices(String words, List<String> meanings) {
    private static final Pattern ASKED_BACK = Pattern.compile("'(.+?)' may mean (.+); say whose it is");
    private static final Pattern COLUMN = Pattern.compile("column (?:.*\\.)?([^.]+)\\.([^.]+)");
    private static final Pattern VALUE = Pattern.compile("value '(.*)' of (?:.*\\.)?([^.]+)\\.([^.]+)");

    public Choices {
        meanings = List.copyOf(meanings);
    }

    /** Of an error's message. */
    public static Optional<Choices> in(String message) {
        Matcher asked = ASKED_BACK.matcher(message);
        return asked.find()
                ? Optional.of(new Choices(asked.group(1), List.of(asked.group(2).split(" or (?=column|table|value)"))))
                : Optional.empty();
    }

    /** The question with one of the meanings said, as far as words can say it. */
    public String chosen(String question, int choice) {
        String meaning = meanings.get(choice);
        Matcher column = COLUMN.matcher(meaning);
        if (column.matches()) {
            return said(question, words + " of the " + spoken(column.group(1)));
        }
        Matcher value = VALUE.matcher(meaning);
        if (value.matches()) {
            return said(question, spoken(value.group(2)) + " " + spoken(value.group(3)) + " " + words);
        }
        return said(question, spoken(meaning.substring(meaning.lastIndexOf('.') + 1)));
    }

    private String said(String question, String instead) {
        return question.replaceFirst("(?i)\\b" + Pattern.quote(words) + "\\b", Matcher.quoteReplacement(instead));
    }

    private static String spoken(String name) {
        return name.replace('_', ' ');
    }
}
