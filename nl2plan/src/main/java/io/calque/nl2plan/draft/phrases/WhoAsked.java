package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.meaning.RoleTables;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whom "who" asks for, where no noun says it: the table of people that what is said leads to. "Who bought jazz?" asks for customers, "who was
 * hired first?" for employees. Stateless.
 */
final class WhoAsked {
    private static final Set<String> PEOPLE = stems(
            "person",
            "customer",
            "client",
            "employee",
            "user",
            "member",
            "patient",
            "student",
            "teacher",
            "doctor",
            "author",
            "player",
            "passenger",
            "guest",
            "salesperson",
            "supplier",
            "vendor",
            "buyer",
            "seller",
            "tenant",
            "subscriber",
            "contact");
    private static final Set<String> STAFF = stems("employee", "staff", "worker", "personnel");
    private static final Set<String> OF_STAFF = stems(
            "hired",
            "payroll",
            "company",
            "work",
            "employed",
            "colleague",
            "salary",
            "earn",
            "staff",
            "boss",
            "look",
            "report");

    private WhoAsked() {}

    /** Whether a word speaks of those who work here. */
    static boolean isOfStaff(String word) {
        return OF_STAFF.contains(Stems.of(word));
    }

    private static Set<String> stems(String... words) {
        return Stream.of(words).map(Stems::of).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param words the question's, of which some tell the staff from the customers
     * @param last whose column was named last
     * @param acted whom something is done to: somebody else did it
     */
    private static Optional<TableDescriptor> of(
            Request request,
            Context context,
            List<String> words,
            Optional<TableDescriptor> acted,
            Optional<TableDescriptor> last) {
        List<TableDescriptor> people =
                context.tables().stream().filter(t -> isPeople(t, context)).toList();
        boolean staff = words.stream().anyMatch(WhoAsked::isOfStaff);
        if (staff) {
            List<TableDescriptor> workers = people.stream()
                    .filter(t -> context.words(t).stream().anyMatch(STAFF::contains))
                    .toList();
            if (workers.size() == 1) {
                return Optional.of(workers.get(0));
            }
        }
        List<TableDescriptor> told = new ArrayList<>();
        request.conditions.forEach(c -> told.add(c.column().table()));
        told.addAll(request.required);
        told.addAll(request.absent);
        request.measures().forEach(m -> told.add(m.of()));
        request.having.forEach(h -> h.measures().forEach(m -> told.add(m.of())));
        request.orders.forEach(o -> {
            if (o.item() instanceof Request.Attribute a) {
                told.add(a.column().table());
            }
        });
        request.outputs.forEach(o -> {
            if (o instanceof Request.Attribute a) {
                told.add(a.column().table());
            }
        });
        if (told.isEmpty()) {
            // "who earns above the average": of whom it is a figure
            last.ifPresent(told::add);
        }
        // "who treated Maria Lopez" asks for somebody else than patients
        List<TableDescriptor> objects = request.conditions.stream()
                .filter(c -> context.rows().label(c.column().table()).contains(c.column())
                        && c.column().table().name().equals(c.table().name()))
                .map(c -> c.column().table())
                .collect(Collectors.toCollection(ArrayList::new));
        acted.ifPresent(objects::add);
        people = people.stream()
                .filter(p -> objects.stream().noneMatch(o -> o.name().equals(p.name())))
                .toList();
        List<TableDescriptor> named = people.stream()
                .filter(p -> told.stream().anyMatch(t -> t.name().equals(p.name())))
                .distinct()
                .toList();
        if (named.size() == 1) {
            return Optional.of(named.get(0));
        }
        List<TableName> tables =
                told.stream().map(TableDescriptor::name).distinct().toList();
        int nearest = Integer.MAX_VALUE;
        List<TableDescriptor> best = new ArrayList<>();
        for (TableDescriptor person : people) {
            int distance = tables.stream()
                    .mapToInt(t -> context.distanceTo(t, person.name()))
                    .min()
                    .orElse(Integer.MAX_VALUE);
            if (distance < nearest) {
                best.clear();
                nearest = distance;
            }
            if (distance == nearest && distance < Integer.MAX_VALUE) {
                best.add(person);
            }
        }
        if (best.size() > 1) {
            // "who looks after Meridian Bank": the one that it names before the many that name it
            List<TableDescriptor> referred = best.stream()
                    .filter(p -> told.stream().anyMatch(t -> context.rows().refers(t, p)))
                    .toList();
            return referred.size() == 1 ? Optional.of(referred.get(0)) : Optional.empty();
        }
        int least = nearest;
        boolean rival = people.stream()
                .filter(p -> best.stream().noneMatch(b -> b.name().equals(p.name())))
                .flatMap(p -> tables.stream().map(t -> context.distanceTo(t, p.name())))
                .anyMatch(distance -> distance <= least + 1);
        // people who are all far from what is told may each be meant
        return best.size() == 1 && (least <= 1 || !rival) ? Optional.of(best.get(0)) : Optional.empty();
    }

    /** The people asked for, where nothing else is. */
    static void fill(Reading reading) {
        if (reading.askedWho && reading.request.subject.isEmpty()) {
            List<String> words = reading.mentions.stream()
                    .flatMap(m -> List.of(m.text().split("\\s+")).stream())
                    .toList();
            Optional<TableDescriptor> people = of(
                    reading.request, reading.context, words, acted(reading), reading.lastColumn.map(ColumnRef::table));
            people.ifPresent(p -> {
                reading.request.subject = people;
                reading.shownTables.add(p);
                // "who has the second highest salary" asks for no salary
                reading.extremes.replaceAll(e -> new RequestCompletion.Extreme(e.column(), e.direction(), true));
                reading.unexplained.removeIf(w -> w.equals("payroll") || w.equals("else"));
            });
        }
    }

    /** "who serves the Canadian customers?": the people right after are whom it is done to. */
    private static Optional<TableDescriptor> acted(Reading reading) {
        for (int i = 0; i < reading.mentions.size(); i++) {
            boolean who =
                    reading.mentions.get(i) instanceof Marker m && m.text().equalsIgnoreCase("who");
            for (int j = i + 1; who && j < reading.mentions.size(); j++) {
                Optional<Link> link = reading.mentions.get(j) instanceof Linked linked
                        ? reading.context.pick(linked, l -> true)
                        : Optional.empty();
                if (link.isPresent() && link.get() instanceof Link.ToTable table) {
                    return Optional.of(table.table());
                }
                // a verb may be the name of a column: "who supplies customers"
                boolean verb = j == i + 1 && link.isPresent() && link.get() instanceof Link.ToColumn;
                if (!verb && (link.isEmpty() || !(link.get() instanceof Link.ToValue))) {
                    break;
                }
            }
        }
        return Optional.empty();
    }

    static boolean isPeople(TableDescriptor table, Context context) {
        return !RoleTables.isRole(table)
                && (context.rows().label(table).size() == 2
                                && context.rows().label(table).stream()
                                        .allMatch(c -> ColumnKinds.text(c.column())
                                                && context.words(c).contains("name"))
                        || context.words(table).stream().anyMatch(PEOPLE::contains)
                        || context.words(table).stream().anyMatch(STAFF::contains));
    }
}
