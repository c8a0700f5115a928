/**
 * A plan document for people: as SQL, text, DOT and Mermaid, and told in English. Stateless.
 */
@NullMarked
package io.calque.nl2plan.render;

import org.jspecify.annotations.NullMarked;
