package io.calque.testkit.contract;

import static org.apache.calcite.sql.fun.SqlStdOperatorTable.EQUALS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.GREATER_THAN;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.LESS_THAN;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/** Joins inside one source: every kind, NULL keys, repeated keys, other conditions than equality. Stateless. */
final class JoinCases {
    private static final String FAMILY = "join";

    private JoinCases() {}

    static List<ContractCase> of() {
        List<ContractCase> cases = new ArrayList<>();
        for (JoinRelType kind : List.of(
                JoinRelType.INNER,
                JoinRelType.LEFT,
                JoinRelType.RIGHT,
                JoinRelType.FULL,
                JoinRelType.SEMI,
                JoinRelType.ANTI)) {
            cases.add(people(kind + " people to orders", kind, b -> b.call(EQUALS, left(b, "id"), right(b, "person"))));
            cases.add(people(
                    kind + " with a second condition",
                    kind,
                    b -> b.and(
                            b.call(EQUALS, left(b, "id"), right(b, "person")),
                            b.call(GREATER_THAN, right(b, "quantity"), b.integer(2)))));
            for (String column : List.of("l", "t", "d", "dt")) {
                cases.add(kinds(kind, column));
            }
        }
        cases.add(people("INNER on text", JoinRelType.INNER, b -> b.call(EQUALS, left(b, "city"), right(b, "item"))));
        cases.add(people(
                "INNER on an inequality",
                JoinRelType.INNER,
                b -> b.call(LESS_THAN, left(b, "id"), right(b, "person"))));
        cases.add(people("CROSS", JoinRelType.INNER, b -> b.rel().literal(true)));
        cases.add(new ContractCase(FAMILY, "self-join with NULL keys", b -> {
            b.scan(Fixture.PEOPLE, "id", "name", "boss");
            b.scan(Fixture.PEOPLE, "id", "name", "boss");
            return b.rel()
                    .join(JoinRelType.LEFT, b.call(EQUALS, left(b, "boss"), right(b, "id")))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "repeated keys on both sides", b -> {
            b.scan(Fixture.TWINS);
            b.scan(Fixture.TWINS);
            return b.rel()
                    .join(JoinRelType.INNER, b.call(EQUALS, left(b, "v"), right(b, "v")))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "with a vacant table", b -> {
            b.scan(Fixture.PEOPLE, "id", "name");
            b.scan(Fixture.VACANT, "id", "t");
            return b.rel()
                    .join(JoinRelType.LEFT, b.call(EQUALS, left(b, "id"), right(b, "id")))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "three tables, filtered, grouped, sorted", JoinCases::three));
        return cases;
    }

    private static org.apache.calcite.rel.RelNode three(CaseBuilder b) {
        RelBuilder rel = b.rel();
        b.scan(Fixture.PEOPLE, "id", "name", "boss");
        rel.filter(b.call(GREATER_THAN, b.field("id"), b.integer(1)));
        b.scan(Fixture.PEOPLE, "id", "name");
        rel.join(JoinRelType.INNER, b.call(EQUALS, left(b, "boss"), right(b, "id")));
        rel.projectNamed(List.of(rel.field(0), rel.field(4)), List.of("id", "chief"), true);
        b.scan(Fixture.ORDERS, "person", "amount");
        rel.join(JoinRelType.INNER, b.call(EQUALS, left(b, "id"), right(b, "person")));
        rel.aggregate(rel.groupKey("chief"), rel.sum(rel.field("amount")).as("s"), rel.countStar("n"));
        return rel.sort(rel.desc(rel.field("s")), rel.field("chief")).build();
    }

    /** With NULL keys, keys that repeat, extremes, and text beyond the BMP. */
    private static ContractCase kinds(JoinRelType kind, String column) {
        return new ContractCase(FAMILY, kind + " on " + column + " of kinds", b -> {
            b.scan(Fixture.KINDS, "id", column);
            b.scan(Fixture.KINDS, "id", column).filter(b.call(GREATER_THAN, b.field("id"), b.integer(3)));
            return b.rel()
                    .join(kind, b.call(EQUALS, left(b, column), right(b, column)))
                    .build();
        });
    }

    private static ContractCase people(String name, JoinRelType kind, Function<CaseBuilder, RexNode> condition) {
        return new ContractCase(FAMILY, name, b -> {
            b.scan(Fixture.PEOPLE, "id", "name", "city");
            b.scan(Fixture.ORDERS, "person", "item", "quantity");
            return b.rel().join(kind, condition.apply(b)).build();
        });
    }

    private static RexNode left(CaseBuilder b, String column) {
        return b.rel().field(2, 0, column);
    }

    private static RexNode right(CaseBuilder b, String column) {
        return b.rel().field(2, 1, column);
    }
}
