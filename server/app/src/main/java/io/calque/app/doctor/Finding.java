package io.calque.app.doctor;

/**
 * One thing that was looked at. Immutable.
 *
 * @param subject what was looked at: {@code configuration}, {@code registry}, {@code source crm}
 * @param found in a sentence, without secrets
 * @param remedy how to mend it; empty when there is nothing to mend
 */
public record Finding(Severity severity, String subject, String found, String remedy) {
    public static Finding ok(String subject, String found) {
        return new Finding(Severity.OK, subject, found, "");
    }

    public static Finding warning(String subject, String found, String remedy) {
        return new Finding(Severity.WARNING, subject, found, remedy);
    }

    public static Finding error(String subject, String found, String remedy) {
        return new Finding(Severity.ERROR, subject, found, remedy);
    }

    /** How bad it is. */
    public enum Severity {
        OK,
        /** Works, but less well or not for long. */
        WARNING,
        /** Something asked of Calque will fail. */
        ERROR
    }
}
