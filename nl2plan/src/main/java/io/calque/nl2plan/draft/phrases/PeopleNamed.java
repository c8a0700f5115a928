package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Unknown;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** "how many people": those whom a business is there for, where only one table holds them; its own staff goes by its own name. Stateless. */
public final class PeopleNamed {
    private static final Set<String> SERVING = stems(
            "employee",
            "staff",
            "worker",
            "doctor",
            "physician",
            "nurse",
            "teacher",
            "lecturer",
            "instructor",
            "professor",
            "agent",
            "driver",
            "pilot",
            "author",
            "supplier",
            "vendor",
            "salesperson",
            "manager",
            "contact",
            "technician",
            "crew");
    private static final double SCORE = 0.9;
    /** From here on the word is a name of the catalog itself. */
    private static final double NAMED = 0.95;

    private PeopleNamed() {}

    private static Set<String> stems(String... words) {
        return Stream.of(words).map(Stems::of).collect(Collectors.toUnmodifiableSet());
    }

    /** The mentions, with the table in the place of "people". */
    public static List<Mention> in(List<Mention> mentions, Context context) {
        boolean staff = mentions.stream()
                .flatMap(m -> List.of(m.text().split("\\s+")).stream())
                .anyMatch(WhoAsked::isOfStaff);
        if (staff || mentions.stream().noneMatch(PeopleNamed::isPeople)) {
            return mentions;
        }
        List<TableDescriptor> served = context.tables().stream()
                .filter(t -> WhoAsked.isPeople(t, context))
                .filter(t -> context.words(t).stream().noneMatch(SERVING::contains))
                .toList();
        if (served.size() != 1) {
            return mentions;
        }
        return mentions.stream()
                .<Mention>map(m ->
                        isPeople(m) ? new Linked(List.of(new Link.ToTable(served.get(0), SCORE)), m.text()) : m)
                .toList();
    }

    private static boolean isPeople(Mention mention) {
        boolean unnamed = mention instanceof Unknown
                || mention instanceof Linked linked && linked.links().get(0).score() < NAMED;
        return unnamed && mention.text().matches("(?i)people|persons?|members?");
    }
}
