package io.calque.engine.prepare;

import io.calque.engine.explain.PlanTree;
import io.calque.engine.prepare.StatementShape.Constant;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.type.DataType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is known of a shape: seen but not yet planned, planned, or not to be planned as such. Immutable.
 *
 * @param plan empty unless it is as good as those of the statements that it stands for
 */
record ShapePlan(State state, Optional<PlannedQuery> plan) {
    enum State {
        SEEN,
        PLANNED,
        REFUSED
    }

    static final ShapePlan SEEN = new ShapePlan(State.SEEN, Optional.empty());
    static final ShapePlan REFUSED = new ShapePlan(State.REFUSED, Optional.empty());

    /** Texts, numbers and parameters in what PostgreSQL, SQLite and MongoDB are asked. */
    private static final Pattern CONSTANT = Pattern.compile("'(?:[^']|'')*'"
            + "|(?:NumberLong|NumberDecimal|NumberInt|ObjectId|ISODate)\\([^()]*\\)"
            + "|(?<=: )\"(?!\\$)(?:[^\"\\\\]|\\\\.)*\""
            + "|(?<![\\w\"$.])-?\\d+(?:\\.\\d+)?(?![\\w\"])"
            + "|\\?\\d*");
    /** What a constant is wrapped into so that it has its type, and a column that is known to be constant. */
    private static final Pattern DRESSED = Pattern.compile(
            "CAST\\(# AS [a-zA-Z0-9_ ,()]*?\\)(?=[^,\\w]|$)|#::[a-z0-9]+|# AS (?=\"([^\"]*)\"|`([^`]*)`)");

    /** Keeps {@code shaped}, if it is as good for {@code statement} as its own plan. */
    static ShapePlan of(PlannedQuery shaped, PlannedQuery statement, List<Constant> constants) {
        boolean equalities = constants.stream().allMatch(Constant::equality);
        boolean good = shaped.columns().equals(statement.columns())
                && !shaped.hasNativeText()
                && shaped.parameters().size() == constants.size()
                && shaped.residuals().size() == statement.residuals().size()
                && shaped.fragments().size() == statement.fragments().size()
                // between sources the plan depends on how many rows a range lets through
                && (equalities || shaped.fragments().size() <= 1)
                && alike(shaped.tree(), statement.tree())
                && skeletons(shaped).equals(skeletons(statement));
        return good ? new ShapePlan(State.PLANNED, Optional.of(shaped)) : REFUSED;
    }

    private static boolean alike(PlanTree left, PlanTree right) {
        if (!left.operator().equals(right.operator())
                || !left.fetch()
                        .map(PlanTree.Fetch::source)
                        .equals(right.fetch().map(PlanTree.Fetch::source))
                || left.inputs().size() != right.inputs().size()) {
            return false;
        }
        for (int i = 0; i < left.inputs().size(); i++) {
            if (!alike(left.inputs().get(i), right.inputs().get(i))) {
                return false;
            }
        }
        return true;
    }

    /** What the sources are asked, with all constants and parameters alike. */
    private static List<String> skeletons(PlannedQuery plan) {
        return plan.fragments().stream()
                .map(NativeQuery::text)
                .map(text -> CONSTANT.matcher(text).replaceAll("#"))
                .map(text ->
                        DRESSED.matcher(text).replaceAll(found -> found.group().endsWith(" AS ") ? "" : "#"))
                .toList();
    }

    /** The plan for a statement of this shape; empty when there is none, or when a constant is no value of its parameter's type. */
    Optional<ReusablePlan> with(List<Constant> constants) {
        return plan.filter(planned -> fit(planned.parameters(), constants))
                .map(planned -> new ReusablePlan(
                        planned, constants.stream().map(Constant::value).toList()));
    }

    private static boolean fit(List<DataType> types, List<Constant> constants) {
        for (int i = 0; i < constants.size(); i++) {
            if (!constants.get(i).is(types.get(i))) {
                return false;
            }
        }
        return true;
    }
}
