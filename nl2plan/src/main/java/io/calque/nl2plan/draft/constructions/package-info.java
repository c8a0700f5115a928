/**
 * Ways of saying something that need more than one look at the rows. Each cuts its own words out, has the rest read as a question of
 * its own ({@code phrases}), and amends the request. Stateless.
 */
@NullMarked
package io.calque.nl2plan.draft.constructions;

import org.jspecify.annotations.NullMarked;
