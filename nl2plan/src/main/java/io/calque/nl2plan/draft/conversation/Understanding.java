package io.calque.nl2plan.draft.conversation;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * What a turn of a conversation, with those before it, asks for.
 *
 * @param unexplained words that nothing explained
 * @param mentions of this turn and those before it that it leans on
 */
public record Understanding(Request request, List<String> unexplained, List<Mention> mentions, Context context) {
    public Understanding {
        unexplained = List.copyOf(unexplained);
        mentions = List.copyOf(mentions);
    }

    /** Whose rows the turn is about: "they" in the next one. */
    Optional<TableDescriptor> subject() {
        return request.subject
                .or(() -> request.measures().stream().map(Request.Measure::of).findFirst())
                .or(() -> request.outputs.stream()
                        .filter(o -> o instanceof Request.Attribute)
                        .map(o -> ((Request.Attribute) o).column().table())
                        .findFirst());
    }

    /** Whether the rows are a choice that conditions alone do not tell: the first ones, or those whose totals suffice. */
    boolean isChoice() {
        return request.limit.isPresent()
                || request.place.isPresent()
                || request.ofEachGroup
                || !request.having.isEmpty();
    }
}
