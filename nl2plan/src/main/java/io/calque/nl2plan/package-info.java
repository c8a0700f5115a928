/**
 * How a question becomes a plan: search the catalog for what its words may mean, draft a plan document, check it, say it as SQL and in words.
 *
 * <p>A room of floor 1: sees spi alone. {@code ask} is the door that the engine is given; the document between the stages is {@code plan}.
 * Everything here is immutable or made anew per question, and works without a language model.
 */
@NullMarked
package io.calque.nl2plan;

import org.jspecify.annotations.NullMarked;
