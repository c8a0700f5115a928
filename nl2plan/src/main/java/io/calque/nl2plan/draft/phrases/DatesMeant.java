package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.Bucket;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.draft.request.TimeUnit;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which date a time is said of, where tables have several or none: only the whole question tells, so it is settled once all of it is read.
 * Used for one question.
 */
public final class DatesMeant {
    private final Request request;
    private final Context context;
    private final Conditions conditions;

    public DatesMeant(Request request, Context context) {
        this.request = request;
        this.context = context;
        this.conditions = new Conditions(context, request);
    }

    /** Rows are told apart by the month or the like of the date that is meant. */
    void bucket(TimeUnit unit) {
        List<TableDescriptor> candidates = new ArrayList<>();
        request.measures().forEach(m -> candidates.add(m.of()));
        request.subject.ifPresent(candidates::add);
        ColumnRef time = request.dated
                .or(() -> timeSaid(candidates))
                .or(() -> time(candidates))
                .orElseThrow(() ->
                        new NotUnderstood("no date tells the " + unit.name().toLowerCase(java.util.Locale.ROOT)));
        request.outputs.removeIf(o -> o instanceof Attribute a && a.column().equals(time));
        request.outputs.add(0, new Bucket(time, unit));
        if (request.orders.isEmpty()) {
            request.orders.add(new Order(new Bucket(time, unit), Direction.ASC));
        }
    }

    /** "members who paid, each month of 2023": the months are those of the date that the time was said of. */
    private Optional<ColumnRef> timeSaid(List<TableDescriptor> candidates) {
        boolean own = request.measures().stream()
                .anyMatch(m -> m.column().isPresent() || m.value().isPresent());
        Set<ColumnRef> said = request.conditions.stream()
                .map(Condition::column)
                .filter(c -> ColumnKinds.temporal(c.column()))
                .filter(c -> request.required.stream()
                        .anyMatch(t -> t.name().equals(c.table().name())))
                .collect(Collectors.toSet());
        return own || said.size() != 1
                ? Optional.empty()
                : Optional.of(said.iterator().next());
    }

    /** "have done no workout in 2023": the time is that of what was not done, if that is named next before it. */
    private Optional<ColumnRef> ofEvent(List<String> before) {
        List<TableDescriptor> events = new ArrayList<>(request.absent);
        boolean counted = request.measures().stream()
                .allMatch(m -> m.column().isEmpty()
                        && request.required.stream().noneMatch(t -> t.name().equals(m.of().name())));
        if (counted) {
            events.addAll(request.required);
        }
        for (String word : before) {
            for (TableDescriptor table : events) {
                if (context.words(table).contains(word)) {
                    return context.times().of(table);
                }
            }
            boolean other =
                    context.tables().stream().anyMatch(t -> context.words(t).contains(word));
            if (other) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Says the time of the date that what is asked has. */
    public void during(Timed timed) {
        int before = request.conditions.size();
        restrict(timed);
        if (timed.or().isPresent()) {
            if (request.conditions.size() != before + 1) {
                throw new NotUnderstood("or what is " + timed.during().text() + "?");
            }
            conditions.either(timed.or().get(), request.conditions.get(before));
        }
    }

    private void restrict(Timed timed) {
        During during = timed.during();
        List<TableDescriptor> candidates = new ArrayList<>();
        request.measures().forEach(m -> candidates.add(m.of()));
        candidates.addAll(request.required);
        request.subject.ifPresent(candidates::add);
        request.outputs.forEach(o -> {
            if (o instanceof Attribute a) {
                candidates.add(a.column().table());
            }
        });
        request.conditions.forEach(c -> candidates.add(c.column().table()));
        candidates.addAll(request.absent);
        if (request.dated.isEmpty() && YearsSaid.restrict(request, context, timed, candidates)) {
            return;
        }
        ColumnRef time = request.dated
                .or(() -> ofEvent(timed.before()))
                .or(() -> hinted(candidates, timed.before(), 1))
                .or(() -> ofFinerValue(timed.before()))
                .or(() -> hinted(candidates, timed.before()))
                .or(() -> time(candidates))
                .orElseThrow(() -> new NotUnderstood("no date tells what is " + during.text()));
        if (timed.joined() && conditions.orDuring(time, during.period(), during.text())) {
            return;
        }
        conditions.during(time, during.period(), during.text());
        long dates =
                time.table().columns().stream().filter(ColumnKinds::temporal).count();
        if (dates > 1) {
            request.assumptions.add("'" + during.text() + "' is said of " + time);
        }
    }

    /** "patients who came in 2020": of what happens to them only one thing has a date. */
    private ColumnRef happened(ColumnRef time) {
        if (request.required.stream()
                .noneMatch(t -> t.name().equals(time.table().name()))) {
            request.required.add(time.table());
        }
        return time;
    }

    /** "customers who used express in 2024": a time said right after a value of finer rows is theirs. */
    private Optional<ColumnRef> ofFinerValue(List<String> before) {
        Optional<TableDescriptor> counted =
                request.measures().stream().findFirst().map(Measure::of).or(() -> request.subject);
        return before.stream()
                .limit(1)
                .flatMap(word -> request.conditions.stream()
                        .filter(c -> !c.isOwned() && YearsSaid.says(c, word))
                        .map(c -> c.column().table())
                        .filter(t -> counted.filter(s -> !s.name().equals(t.name())
                                        && context.rows().refers(t, s))
                                .isPresent()))
                .findFirst()
                .flatMap(context.times()::of);
    }

    private Optional<ColumnRef> hinted(List<TableDescriptor> candidates, List<String> before) {
        return hinted(candidates, before, before.size());
    }

    private Optional<ColumnRef> hinted(List<TableDescriptor> candidates, List<String> said, int nearest) {
        List<String> before = said.subList(0, Math.min(nearest, said.size()));
        for (String word : before) {
            for (TableDescriptor table : candidates) {
                Optional<ColumnRef> time = context.times().of(table, word);
                if (time.isPresent()) {
                    return time;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<ColumnRef> time(List<TableDescriptor> candidates) {
        return candidates.stream()
                .flatMap(t -> context.times().of(t).stream())
                .findFirst()
                .or(() -> request.measures().stream()
                        .flatMap(m -> context.times().nearest(m.of()).stream())
                        .findFirst())
                .or(() -> request.subject.flatMap(context.times()::ofEvents).map(this::happened));
    }
}
