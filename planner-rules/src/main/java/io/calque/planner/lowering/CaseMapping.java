package io.calque.planner.lowering;

import java.util.Locale;

/** Upper and lower case by Unicode, in no particular language. Stateless. */
final class CaseMapping {
    private CaseMapping() {}

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
