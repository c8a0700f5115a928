package io.calque.nl2plan.draft;

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
    private static final Set<String> OF_STAFF =
            stems("hired", "payroll", "company", "work", "employed", "colleague", "salary", "staff", "boss");

    private WhoAsked() {}

    private static Set<String> stems(String... words) {
        return Stream.of(words).map(Stems::of).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param words the question's, of which some tell the staff from the customers
     * @param acted whom something is done to: somebody else did it
     */
    static Optional<TableDescriptor> of(
            Request request, Context context, List<String> words, Optional<TableDescriptor> acted) {
        List<TableDescriptor> people =
                context.tables().stream().filter(t -> isPeople(t, context)).toList();
        boolean staff = words.stream().map(Stems::of).anyMatch(OF_STAFF::contains);
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
        // "who treated Maria Lopez" asks for somebody else than patients
        List<TableDescriptor> objects = request.conditions.stream()
                .filter(c -> context.label(c.column().table()).contains(c.column())
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
        return best.size() == 1 ? Optional.of(best.get(0)) : Optional.empty();
    }

    static boolean isPeople(TableDescriptor table, Context context) {
        return !RoleTables.isRole(table)
                && (context.label(table).size() == 2
                        || context.words(table).stream().anyMatch(PEOPLE::contains));
    }
}
