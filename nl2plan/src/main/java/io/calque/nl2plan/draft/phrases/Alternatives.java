package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import java.util.List;
import java.util.Optional;

/**
 * "or" between conditions: what is said right before it, or right after it. Of "a and b or c" nobody can tell which two belong together, so
 * that is not understood. Single-threaded.
 */
final class Alternatives {
    private final Reading reading;
    private List<Condition> conditions = List.of();
    private int times;
    private int others;
    private int required;
    /** What was said last, and behind which mention; one of the two. */
    private Optional<Condition> lastCondition = Optional.empty();

    private Optional<Timed> lastTime = Optional.empty();
    private int lastEnd = -1;
    /** An "and" stands between what was said last and what was said before it. */
    private boolean both;
    /** "or" was said, and what follows is still to come. */
    private boolean waits;
    /** What that is an alternative to; neither where it is something else. */
    private Optional<Condition> condition = Optional.empty();

    private Optional<Timed> time = Optional.empty();

    Alternatives(Reading reading) {
        this.reading = reading;
    }

    /** An "or" at the mention being read. */
    void or() {
        if (lastEnd < 0 || between(lastEnd, reading.at).stream().anyMatch(Alternatives::separates)) {
            return;
        }
        waits = true;
        condition = lastCondition;
        time = lastTime;
    }

    /** What follows "or" continues a list, which says itself what it means. */
    void settled() {
        waits = false;
        condition = Optional.empty();
        time = Optional.empty();
    }

    /** To be called after each step. */
    void read() {
        Request request = reading.request;
        List<Condition> fresh = request.conditions.stream()
                .filter(c -> conditions.stream().noneMatch(had -> had == c))
                .toList();
        boolean more = request.conditions.size() > conditions.size();
        boolean timed = reading.times.size() > times;
        if (waits && (more || timed || others() > others)) {
            together(fresh, more, timed);
        } else if (!fresh.isEmpty()) {
            settled();
        }
        boolean other = others() > others || request.required.size() > required;
        if (!fresh.isEmpty() || timed || other) {
            both = lastEnd >= 0 && between(lastEnd, reading.at).stream().anyMatch(m -> marks(m, Mark.AND));
            lastEnd = reading.at;
            lastTime = timed ? Optional.of(reading.times.get(reading.times.size() - 1)) : Optional.empty();
            lastCondition = timed || fresh.isEmpty() || request.conditions.isEmpty()
                    ? Optional.empty()
                    : Optional.of(request.conditions.get(request.conditions.size() - 1));
        }
        conditions = List.copyOf(request.conditions);
        times = reading.times.size();
        others = others();
        required = request.required.size();
    }

    /** To be called at the end. */
    void finish() {
        if (waits) {
            reading.unexplained.add("or");
        }
    }

    private void together(List<Condition> fresh, boolean more, boolean timed) {
        boolean joined = time.isPresent()
                && timed
                && reading.times.get(reading.times.size() - 1).joined();
        boolean one = more && fresh.size() == 1 && !timed;
        boolean unknown = condition.isEmpty() && time.isEmpty();
        if (!joined && (both || unknown || !one && (!timed || time.isPresent()))) {
            reading.unexplained.add("or");
        } else if (one && condition.isPresent()) {
            reading.conditions.either(condition.get(), fresh.get(0));
        } else if (one) {
            replace(time.orElseThrow(), fresh.get(0));
        } else if (!joined) {
            replace(reading.times.get(reading.times.size() - 1), condition.orElseThrow());
        }
        settled();
    }

    private void replace(Timed timed, Condition or) {
        reading.times.replaceAll(t -> t == timed ? timed.or(or) : t);
    }

    private int others() {
        Request request = reading.request;
        return request.having.size()
                + request.bounds.size()
                + request.absent.size()
                + request.pairs.size()
                + request.memberships.size();
    }

    private List<Mention> between(int from, int to) {
        return from >= to ? List.of() : reading.mentions.subList(from, Math.min(to, reading.mentions.size()));
    }

    private static boolean separates(Mention mention) {
        return marks(mention, Mark.AND)
                || marks(mention, Mark.OR)
                || marks(mention, Mark.COMMA)
                || marks(mention, Mark.STOP);
    }

    private static boolean marks(Mention mention, Mark mark) {
        return mention instanceof Marker marker && marker.mark() == mark;
    }
}
