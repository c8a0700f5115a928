package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import java.util.List;
import java.util.Optional;

/**
 * A way of saying something that needs more than one look at the rows: "in 2009 but not in 2010". It cuts its own words out of a question,
 * lets the rest be read as a question of its own, and amends the request that this gives. Stateless.
 */
interface Construction {
    /** The question understood by this construction; empty where it does not occur. */
    Optional<Understood> read(List<Mention> mentions, QuestionReader reader);
}
