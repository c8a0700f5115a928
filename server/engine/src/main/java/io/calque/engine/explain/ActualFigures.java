package io.calque.engine.explain;

import io.calque.engine.explain.PlanTree.Fetch;
import io.calque.engine.explain.PlanTree.FetchFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;

/**
 * Puts what a run did beside what was estimated. Operators and fetches are numbered apart, both depth first from the root, as the
 * planner numbers them. Single-threaded, used once.
 */
public final class ActualFigures {
    private final IntToLongFunction operatorRows;
    private final List<FetchFigures> fetches;
    private int nextOperator;
    private int nextFetch;

    private ActualFigures(IntToLongFunction operatorRows, List<FetchFigures> fetches) {
        this.operatorRows = operatorRows;
        this.fetches = fetches;
    }

    public static PlanTree in(PlanTree plan, IntToLongFunction operatorRows, List<FetchFigures> fetches) {
        return new ActualFigures(operatorRows, fetches).visit(plan);
    }

    private PlanTree visit(PlanTree node) {
        if (node.fetch().isPresent()) {
            FetchFigures figures = fetches.get(nextFetch++);
            Fetch known = node.fetch().get();
            Fetch fetch = new Fetch(known.source(), known.text(), known.keys(), known.parts(), Optional.of(figures));
            return new PlanTree(
                    node.operator(),
                    node.detail(),
                    node.estimatedRows(),
                    OptionalLong.of(figures.rows()),
                    Optional.of(fetch),
                    List.of());
        }
        long rows = operatorRows.applyAsLong(nextOperator++);
        List<PlanTree> inputs = new ArrayList<>();
        node.inputs().forEach(input -> inputs.add(visit(input)));
        return new PlanTree(
                node.operator(), node.detail(), node.estimatedRows(), OptionalLong.of(rows), Optional.empty(), inputs);
    }
}
