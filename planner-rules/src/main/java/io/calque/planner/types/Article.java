package io.calque.planner.types;

/** The indefinite article before a type's name in a message. Stateless. */
public final class Article {
    private Article() {}

    /** {@code an INTEGER}, {@code a VARCHAR}. */
    public static String before(String typeName) {
        // types are read as words; of those that begin with a vowel's letter, only UUID begins with another sound
        boolean vowel = !typeName.isEmpty() && "AEIO".indexOf(typeName.charAt(0)) >= 0;
        return (vowel ? "an " : "a ") + typeName;
    }

    /** The same at the beginning of a sentence. */
    public static String beginning(String typeName) {
        return "A" + before(typeName).substring(1);
    }
}
