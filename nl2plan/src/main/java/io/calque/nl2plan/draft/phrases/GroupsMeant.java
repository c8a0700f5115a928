package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Compare;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which words of grouping group: "the total for all visits" is one figure, where "for each ward" gives as many as there are wards, and a bare
 * "each" at the end speaks of what was shown before. Stateless.
 */
final class GroupsMeant {
    private static final Set<String> ALL = Set.of("for all", "across", "across all", "over all");

    private GroupsMeant() {}

    /** At a word of grouping: whether it only says that no row is left out. */
    static boolean isWhole(Marker marker, Reading reading) {
        String words = marker.text().toLowerCase(Locale.ROOT);
        Optional<Linked> next = reading.linked(1);
        if (!ALL.contains(words) || reading.request.outputs.isEmpty() || next.isEmpty()) {
            return false;
        }
        Link link = reading.context.pick(next.get(), l -> true).orElseThrow();
        boolean figuresAlone = reading.request.outputs.stream().allMatch(o -> o instanceof Measure);
        if (link instanceof Link.ToTable) {
            return reading.request.outputs.stream().anyMatch(o -> isOf(o, link.table(), words))
                    || figuresAlone && !words.equals("across");
        }
        Optional<Mention> after = reading.ahead(2);
        return figuresAlone
                && (link instanceof Link.ToValue
                        || after.filter(m -> m instanceof During || m instanceof Compare)
                                .isPresent());
    }

    /** Groups of a table's own rows are no groups. */
    private static boolean isOf(Item item, TableDescriptor table, String words) {
        return item instanceof Measure measure && measure.of().name().equals(table.name())
                || item instanceof Attribute attribute
                        && !words.equals("for all")
                        && attribute.column().table().name().equals(table.name());
    }

    /** "what are the classes, and how many races are there in each": of the classes. */
    static boolean isOfShown(Reading reading) {
        boolean bare = false;
        for (int i = 0; i < reading.mentions.size(); i++) {
            if (isMark(reading.mentions.get(i), Mark.PER)) {
                bare = i + 1 == reading.mentions.size() || isMark(reading.mentions.get(i + 1), Mark.STOP);
            }
        }
        if (!bare || reading.request.measures().isEmpty()) {
            return false;
        }
        boolean shown = reading.request.outputs.stream().anyMatch(o -> o instanceof Attribute);
        if (!shown) {
            reading.request.subject.ifPresent(reading.grouped::add);
        }
        return shown || reading.request.subject.isPresent();
    }

    private static boolean isMark(Mention mention, Mark mark) {
        return mention instanceof Marker marker && marker.mark() == mark;
    }
}
