package io.calque.mongodb.compiler;

/** Which of a condition's definite answers is asked for; the third answer, unknown, is neither. */
enum Truth {
    TRUE,
    FALSE;

    Truth opposite() {
        return this == TRUE ? FALSE : TRUE;
    }
}
