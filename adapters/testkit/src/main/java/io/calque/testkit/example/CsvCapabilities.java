package io.calque.testkit.example;

import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.CapabilityList;
import io.calque.spi.pushdown.ExpressionRule;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.pushdown.Verdict;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** What is worth doing while a file is read: skipping columns, rows and the rest of the file. Stateless. */
final class CsvCapabilities {
    private CsvCapabilities() {}

    // [doc: capabilities]
    static Capabilities create() {
        return CapabilityList.of("CSV")
                .operator(Filter.class, CsvCapabilities::equalitiesOnly)
                .operator(Project.class, CsvCapabilities::columnsOnly)
                .operator(Sort.class, CsvCapabilities::limitOnly)
                .refused(Kind.SORT, "CSV rows come in the order of the file", "ASC NULLS FIRST", "ASC NULLS LAST")
                .refused(Kind.SORT, "CSV rows come in the order of the file", "DESC NULLS FIRST", "DESC NULLS LAST")
                .functions(ExpressionRule.ALWAYS, "AND")
                .functions(CsvCapabilities::columnEqualsValue, "=")
                .build();
    }
    // [end]

    // [doc: rules]
    /** A bare boolean column, or FALSE, is a condition too: no function of it could be refused. */
    private static Verdict equalitiesOnly(Filter filter) {
        boolean equalities =
                RelOptUtil.conjunctions(filter.getCondition()).stream().allMatch(c -> c.getKind() == SqlKind.EQUALS);
        return equalities
                ? unlimited(filter.getInput(), "filtered")
                : Verdict.no("CSV compares a column with a value, and nothing else");
    }

    /** {@code WHERE} over {@code LIMIT} is not {@code LIMIT} over {@code WHERE}, and a query here knows only the latter. */
    private static Verdict unlimited(RelNode input, String what) {
        if (input instanceof Sort) {
            return Verdict.no("CSV rows that a LIMIT has cut are not " + what + " further");
        }
        return input.getInputs().isEmpty() ? Verdict.yes() : unlimited(input.getInput(0), what);
    }

    private static Verdict columnsOnly(Project project) {
        return project.getProjects().stream().allMatch(RexInputRef.class::isInstance)
                ? Verdict.yes()
                : Verdict.no("CSV files hold columns, and compute nothing");
    }

    private static Verdict limitOnly(Sort sort) {
        return sort.getCollation().getFieldCollations().isEmpty()
                ? unlimited(sort.getInput(), "limited")
                : Verdict.no("CSV rows come in the order of the file");
    }

    /** Equality means the same in Java and in SQL for these types; for DOUBLE, say, it would need a rule of its own. */
    private static Verdict columnEqualsValue(RexCall equality, RelNode input) {
        RexNode left = equality.getOperands().get(0);
        RexNode right = equality.getOperands().get(1);
        boolean value = right instanceof RexLiteral literal && !literal.isNull() || right instanceof RexDynamicParam;
        if (!(left instanceof RexInputRef) || !value) {
            return Verdict.no("CSV compares a column with a value, and nothing else");
        }
        if (RelTypes.toData(left.getType()).kind()
                != RelTypes.toData(right.getType()).kind()) {
            return Verdict.no("CSV compares values of one type only");
        }
        return switch (RelTypes.toData(left.getType()).kind()) {
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, DECIMAL, VARCHAR -> Verdict.yes();
            default -> Verdict.no("CSV does not compare values of type " + RelTypes.toData(left.getType()));
        };
    }
    // [end]

    /** The columns of {@code project} as indexes of its input. */
    static List<Integer> columns(Project project) {
        return project.getProjects().stream()
                .map(e -> ((RexInputRef) e).getIndex())
                .toList();
    }
}
