package io.calque.benchmarks.fuzz;

import io.calque.engine.Session;
import io.calque.planner.pushdown.OperatorClass;
import io.calque.spi.QueryException;
import io.calque.spi.type.DataType;
import io.calque.testkit.fuzz.Query;
import io.calque.testkit.fuzz.Spelling;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs one query in every way and compares. Single-threaded; sessions stay open for the next query. */
final class SameAnswer {
    /** How much is compared. */
    enum Depth {
        /** On, off, each class that was pushed switched off, and PostgreSQL. */
        FULL,
        /** As {@link #FULL}, but one class only: of those pushed the one that was switched off least often. */
        IN_TURN,
        /** On and off. */
        SWITCH,
        /** On, and PostgreSQL. */
        REFERENCE
    }

    /** In which way two answers differ. */
    enum Kind {
        PUSHDOWN,
        REFERENCE,
        INTERNAL,
        /** Calque refuses what PostgreSQL runs. */
        REFUSED,
        /** PostgreSQL refuses what Calque runs: the generator asked for something else than it meant. */
        UNANSWERED
    }

    /**
     * Two answers that are not the same.
     *
     * @param variant what the wrong one was asked with
     */
    record Difference(Kind kind, String variant, String what, Outcome expected, Outcome actual) {}

    private final FuzzEngine engine;
    private final FragmentLedger ledger;
    private final Connection reference;
    /** Work that no node of a fragment tells. */
    private static final Set<OperatorClass> WITHOUT_A_NODE = EnumSet.of(
            OperatorClass.EARLY_AGGREGATION, OperatorClass.EARLY_LIMITS, OperatorClass.TRANSITIVE_PREDICATES);

    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Map<OperatorClass, Integer> switchedOff = new EnumMap<>(OperatorClass.class);

    SameAnswer(FuzzEngine engine, FragmentLedger ledger, Connection reference) {
        this.engine = engine;
        this.ledger = ledger;
        this.reference = reference;
    }

    Optional<Difference> check(Query query, Depth depth) {
        Spelling.Text text = Spelling.of(query, Spelling.Reader.CALQUE);
        ledger.begin();
        Outcome on = ask("on", text);
        Set<OperatorClass> pushed = ledger.classes();
        if (on instanceof Outcome.Rows) {
            ledger.count(text.sql());
        }
        Optional<Difference> found = internal("on", on)
                .or(() -> ledger.refused().stream()
                        .findFirst()
                        .map(reason -> new Difference(Kind.INTERNAL, "on", reason, on, on)));
        if (found.isPresent()) {
            return found;
        }
        // What pushes nothing has one plan only.
        if (depth != Depth.REFERENCE && !pushed.isEmpty()) {
            found = compare("off", query, ask("off", text), on);
        }
        if (found.isEmpty() && depth != Depth.SWITCH) {
            found = againstPostgres(query, on);
        }
        // Without the only class it is the same as off.
        if (found.isPresent() || depth == Depth.SWITCH || depth == Depth.REFERENCE || pushed.size() < 2) {
            return found;
        }
        pushed.addAll(WITHOUT_A_NODE);
        for (OperatorClass kind : depth == Depth.FULL ? pushed : inTurn(pushed)) {
            switchedOff.merge(kind, 1, Integer::sum);
            found = compare(allBut(kind), query, on, ask(allBut(kind), text));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Set<OperatorClass> inTurn(Set<OperatorClass> pushed) {
        OperatorClass least = pushed.stream()
                .min(Comparator.comparing(kind -> switchedOff.getOrDefault(kind, 0)))
                .orElseThrow();
        return EnumSet.of(least);
    }

    private Optional<Difference> compare(String variant, Query query, Outcome expected, Outcome actual) {
        Outcome asked = variant.equals("off") ? expected : actual;
        return internal(variant, asked)
                .or(() -> Comparison.difference(expected, actual, query)
                        .map(what -> new Difference(Kind.PUSHDOWN, variant, what, expected, actual)));
    }

    private static Optional<Difference> internal(String variant, Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.isInternal()
                ? Optional.of(new Difference(Kind.INTERNAL, variant, failed.message(), outcome, outcome))
                : Optional.empty();
    }

    private Optional<Difference> againstPostgres(Query query, Outcome on) {
        List<DataType> types = on instanceof Outcome.Rows rows ? rows.types() : List.of();
        Outcome theirs = Outcome.ofReference(
                reference, Spelling.of(query, Spelling.Reader.REFERENCE).sql(), types);
        if (theirs instanceof Outcome.Failed) {
            return on instanceof Outcome.Failed
                    ? Optional.empty()
                    : Optional.of(new Difference(Kind.UNANSWERED, "on", theirs.toString(), theirs, on));
        }
        if (on instanceof Outcome.Failed failed) {
            return Optional.of(new Difference(Kind.REFUSED, "on", failed.toString(), theirs, on));
        }
        return Comparison.difference(theirs, on, query)
                .map(what -> new Difference(Kind.REFERENCE, "on", what, theirs, on));
    }

    Outcome ask(String variant, Spelling.Text text) {
        Session session = sessions.computeIfAbsent(variant, engine::session);
        try {
            return Outcome.of(session.prepare(text.sql()), new ArrayList<>(text.parameters()));
        } catch (QueryException e) {
            return Outcome.failed(e);
        }
    }

    private static String allBut(OperatorClass kind) {
        if (WITHOUT_A_NODE.contains(kind)) {
            return kind.spelling() + "=off";
        }
        return EnumSet.complementOf(EnumSet.of(kind)).stream()
                .filter(other -> !WITHOUT_A_NODE.contains(other))
                .map(OperatorClass::spelling)
                .collect(Collectors.joining(","));
    }
}
