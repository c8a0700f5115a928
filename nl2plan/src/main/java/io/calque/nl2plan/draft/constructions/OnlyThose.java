package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.draft.request.Request.Listing;
import io.calque.nl2plan.draft.request.Request.Membership;
import io.calque.nl2plan.draft.request.Request.Wanted;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rows of which something holds for all of theirs, and there are some.
 *
 * <pre>
 * S shipped entirely by X, S that only have X     S with a row of which X holds, and with none of which it does not
 * </pre>
 */
final class OnlyThose implements Construction {
    private static final Set<String> ONLY = Set.of("only", "entirely", "exclusively", "solely", "nothing but");

    @Override
    public Optional<Understood> read(List<Mention> mentions, QuestionReader reader) {
        MentionList list = new MentionList(mentions, reader.context());
        int only = list.find(1, ONLY);
        if (only < 0) {
            return Optional.empty();
        }
        Understood with =
                reader.amending(reading -> {}).read(list.without(only, only + 1).all());
        Optional<TableDescriptor> whose = SetsCombined.whose(with.request(), reader.context());
        List<Condition> ofTheirs = whose.map(w -> with.request().conditions.stream()
                        .filter(c -> !reader.context().rows().refers(w, c.table())
                                && !c.table().name().equals(w.name()))
                        .toList())
                .orElse(List.of());
        if (whose.isEmpty() || ofTheirs.size() != 1 || !ofTheirs.get(0).or().isEmpty()) {
            return Optional.empty();
        }
        List<ColumnRef> key = reader.context().rows().key(whose.get());
        Condition said = ofTheirs.get(0);
        Request others = new Request();
        key.forEach(k -> others.outputs.add(new Request.Attribute(k)));
        others.conditions.add(new Condition(
                said.column(),
                name -> "NOT (" + said.sql().apply(name) + ")",
                "not " + said.words(),
                said.isOwned() ? Optional.of(said.table()) : Optional.empty()));
        with.request().required.forEach(others.required::add);
        with.request().memberships.add(new Membership(key, new Listing(others), Wanted.NOT_LISTED));
        return Optional.of(with);
    }
}
