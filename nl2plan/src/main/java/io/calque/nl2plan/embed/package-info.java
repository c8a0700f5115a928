/**
 * Texts as vectors whose nearness is nearness of meaning: the sentence encoder MiniLM, computed in plain Java over the weights that come
 * with langchain4j. Search asks for it in its last tier; nothing on the way of a SQL statement does. Thread-safe once loaded.
 */
@NullMarked
package io.calque.nl2plan.embed;

import org.jspecify.annotations.NullMarked;
