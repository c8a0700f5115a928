package io.calque.testkit.contract;

import static org.apache.calcite.sql.fun.SqlStdOperatorTable.EQUALS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.GREATER_THAN;

import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilder.OverCall;

/** Windows: every function, partitions and orders with NULLs and ties, frames, and windows between other operators. Stateless. */
final class WindowCases {
    private static final String FAMILY = "window";

    private WindowCases() {}

    static List<ContractCase> of(ContractWorld world) {
        List<ContractCase> cases = new ArrayList<>();
        numbers(cases);
        frames(cases);
        neighbours(cases);
        places(cases);
        for (FixtureTable.Column column : world.fixture(Fixture.KINDS).columns()) {
            kinds(cases, world, column.name());
        }
        return cases;
    }

    private static void numbers(List<ContractCase> cases) {
        for (SqlAggFunction function :
                List.of(SqlStdOperatorTable.ROW_NUMBER, SqlStdOperatorTable.RANK, SqlStdOperatorTable.DENSE_RANK)) {
            String name = function.getName();
            cases.add(people(
                    name + " in a city by id",
                    b -> over(b, function).partitionBy(b.field("city")).orderBy(b.field("id"))));
        }
        for (SqlAggFunction function : List.of(SqlStdOperatorTable.RANK, SqlStdOperatorTable.DENSE_RANK)) {
            String name = function.getName();
            cases.add(people(name + " by city", b -> over(b, function).orderBy(b.field("city"))));
            cases.add(people(
                    name + " by city descending",
                    b -> over(b, function).orderBy(b.rel().desc(b.field("city")))));
            cases.add(people(
                    name + " by boss, NULLs first",
                    b -> over(b, function).orderBy(b.rel().nullsFirst(b.field("boss")))));
            cases.add(people(
                    name + " by boss descending, NULLs last",
                    b -> over(b, function).orderBy(b.rel().nullsLast(b.rel().desc(b.field("boss"))))));
        }
        cases.add(people(
                "NTILE(3) by id",
                b -> b.rel()
                        .aggregateCall(SqlStdOperatorTable.NTILE, b.integer(3))
                        .over()
                        .orderBy(b.field("id"))));
    }

    private static void frames(List<ContractCase> cases) {
        cases.add(people("SUM of all", b -> b.rel().sum(b.field("salary")).over()));
        cases.add(people(
                "SUM in a city", b -> b.rel().sum(b.field("salary")).over().partitionBy(b.field("city"))));
        cases.add(people(
                "running SUM of salary",
                b -> b.rel().sum(b.field("salary")).over().orderBy(b.field("id"))));
        cases.add(people(
                "running SUM of boss with ties",
                b -> b.rel().sum(b.field("boss")).over().orderBy(b.field("city"))));
        // A SUM in a statement is planned as a count and this.
        cases.add(people(
                "running SUM of boss, 0 for none",
                b -> b.rel()
                        .aggregateCall(SqlStdOperatorTable.SUM0, b.field("boss"))
                        .over()
                        .orderBy(b.field("id"))));
        cases.add(people("running COUNT(*)", b -> b.rel().countStar(null).over().orderBy(b.field("city"))));
        cases.add(people(
                "running COUNT(salary)",
                b -> b.rel().count(b.field("salary")).over().orderBy(b.field("id"))));
        cases.add(people(
                "running MAX(name)", b -> b.rel().max(b.field("name")).over().orderBy(b.field("id"))));
        cases.add(people(
                "running MIN(born)", b -> b.rel().min(b.field("born")).over().orderBy(b.field("id"))));
        cases.add(people("SUM from one row before to one behind", b -> sliding(b, "boss", "id")));
        cases.add(people("SUM of doubles from one row before to one behind", b -> sliding(b, "score", "id")));
        cases.add(people(
                "COUNT of the two rows before",
                b -> b.rel()
                        .countStar(null)
                        .over()
                        .orderBy(b.field("id"))
                        .rowsBetween(
                                RexWindowBounds.preceding(b.integer(2)), RexWindowBounds.preceding(b.integer(1)))));
        cases.add(people(
                "SUM of the rest",
                b -> b.rel()
                        .sum(b.field("salary"))
                        .over()
                        .orderBy(b.field("id"))
                        .rowsBetween(RexWindowBounds.CURRENT_ROW, RexWindowBounds.UNBOUNDED_FOLLOWING)));
        cases.add(people(
                "COUNT from ties on",
                b -> b.rel()
                        .countStar(null)
                        .over()
                        .orderBy(b.field("boss"))
                        .rangeBetween(RexWindowBounds.CURRENT_ROW, RexWindowBounds.UNBOUNDED_FOLLOWING)));
    }

    private static OverCall sliding(CaseBuilder b, String column, String order) {
        return b.rel()
                .sum(b.field(column))
                .over()
                .orderBy(b.field(order))
                .rowsBetween(RexWindowBounds.preceding(b.integer(1)), RexWindowBounds.following(b.integer(1)));
    }

    private static void neighbours(List<ContractCase> cases) {
        for (SqlAggFunction function : List.of(SqlStdOperatorTable.LAG, SqlStdOperatorTable.LEAD)) {
            String name = function.getName();
            cases.add(people(
                    name + "(name)",
                    b -> b.rel().aggregateCall(function, b.field("name")).over().orderBy(b.field("id"))));
            cases.add(people(
                    name + "(salary, 2)",
                    b -> b.rel()
                            .aggregateCall(function, b.field("salary"), b.integer(2))
                            .over()
                            .partitionBy(b.field("boss"))
                            .orderBy(b.field("id"))));
            cases.add(people(
                    name + "(city, 1, 'none')",
                    b -> b.rel()
                            .aggregateCall(function, b.field("city"), b.integer(1), b.text("none"))
                            .over()
                            .orderBy(b.field("id"))));
            cases.add(people(
                    name + "(boss, 1, 0)",
                    b -> b.rel()
                            .aggregateCall(function, b.field("boss"), b.integer(1), b.integer(0))
                            .over()
                            .orderBy(b.field("id"))));
        }
        for (SqlAggFunction function : List.of(SqlStdOperatorTable.FIRST_VALUE, SqlStdOperatorTable.LAST_VALUE)) {
            cases.add(people(
                    function.getName() + "(name) by id",
                    b -> b.rel().aggregateCall(function, b.field("name")).over().orderBy(b.field("id"))));
            cases.add(people(
                    function.getName() + "(salary) of all",
                    b -> b.rel()
                            .aggregateCall(function, b.field("salary"))
                            .over()
                            .partitionBy(b.field("city"))
                            .orderBy(b.field("id"))
                            .rowsBetween(RexWindowBounds.UNBOUNDED_PRECEDING, RexWindowBounds.UNBOUNDED_FOLLOWING)));
        }
        cases.add(people(
                "NTH_VALUE(name, 2)",
                b -> b.rel()
                        .aggregateCall(SqlStdOperatorTable.NTH_VALUE, b.field("name"), b.integer(2))
                        .over()
                        .orderBy(b.field("id"))));
    }

    private static void places(List<ContractCase> cases) {
        cases.add(new ContractCase(FAMILY, "the first of each city", b -> {
            b.scan(Fixture.PEOPLE, "id", "name", "city");
            b.rel()
                    .projectPlus(over(b, SqlStdOperatorTable.ROW_NUMBER)
                            .partitionBy(b.field("city"))
                            .orderBy(b.field("id"))
                            .as("place"));
            return split(b.rel()
                    .filter(b.call(EQUALS, b.field("place"), b.integer(1)))
                    .build());
        }));
        cases.add(new ContractCase(FAMILY, "groups of ranks", b -> {
            b.scan(Fixture.PEOPLE, "id", "city");
            b.rel()
                    .projectPlus(over(b, SqlStdOperatorTable.RANK)
                            .orderBy(b.field("city"))
                            .as("place"));
            return split(b.rel()
                    .aggregate(b.rel().groupKey("place"), b.rel().countStar("n"))
                    .build());
        }));
        cases.add(new ContractCase(FAMILY, "the rank of groups", b -> {
            b.scan(Fixture.ORDERS, "item", "quantity");
            b.rel()
                    .aggregate(
                            b.rel().groupKey("item"),
                            b.rel().sum(b.field("quantity")).as("s"));
            b.rel()
                    .projectPlus(over(b, SqlStdOperatorTable.RANK)
                            .orderBy(b.rel().desc(b.field("s")))
                            .as("place"));
            return split(b.rel().build());
        }));
        cases.add(new ContractCase(FAMILY, "over a join, with a filter below, sorted", b -> {
            b.scan(Fixture.PEOPLE, "id", "name");
            b.scan(Fixture.ORDERS, "id", "person", "quantity");
            RelBuilder rel = b.rel();
            rel.join(JoinRelType.LEFT, b.call(EQUALS, rel.field(2, 0, "id"), rel.field(2, 1, "person")));
            rel.filter(b.call(GREATER_THAN, rel.field(0), b.integer(1)));
            rel.projectPlus(rel.sum(rel.field("quantity"))
                    .over()
                    .partitionBy(rel.field("name"))
                    .as("total"));
            return split(rel.sort(rel.field(0), rel.field(2)).build());
        }));
        cases.add(new ContractCase(FAMILY, "two partitions beside each other", b -> {
            b.scan(Fixture.PEOPLE, "id", "city", "boss");
            b.rel()
                    .projectPlus(
                            over(b, SqlStdOperatorTable.ROW_NUMBER)
                                    .partitionBy(b.field("city"))
                                    .orderBy(b.field("id"))
                                    .as("a"),
                            b.rel()
                                    .count(b.field("city"))
                                    .over()
                                    .partitionBy(b.field("boss"))
                                    .as("c"));
            return split(b.rel().build());
        }));
        cases.add(new ContractCase(FAMILY, "over the first three rows", b -> {
            b.scan(Fixture.PEOPLE, "id", "city");
            b.rel().sortLimit(0, 3, b.field("id"));
            b.rel().projectPlus(b.rel().countStar(null).over().as("n"));
            return split(b.rel().build());
        }));
        cases.add(new ContractCase(FAMILY, "over no rows", b -> {
            b.scan(Fixture.VACANT);
            b.rel().projectPlus(b.rel().sum(b.field("d")).over().as("s"));
            return split(b.rel().build());
        }));
    }

    private static void kinds(List<ContractCase> cases, ContractWorld world, String column) {
        TypeKind kind = world.column(Fixture.KINDS, column).type().kind();
        cases.add(kind(
                "LAG(" + column + ")",
                column,
                b -> b.rel()
                        .aggregateCall(SqlStdOperatorTable.LAG, b.field(column))
                        .over()
                        .orderBy(b.field("id"))));
        cases.add(kind(
                "COUNT(*) by " + column,
                column,
                b -> b.rel().countStar(null).over().partitionBy(b.field(column))));
        if (kind != TypeKind.BOOLEAN && kind != TypeKind.VARBINARY) {
            cases.add(kind(
                    "RANK by " + column,
                    column,
                    b -> over(b, SqlStdOperatorTable.RANK).orderBy(b.field(column))));
            cases.add(kind(
                    "running MAX(" + column + ")",
                    column,
                    b -> b.rel().max(b.field(column)).over().orderBy(b.field("id"))));
        }
    }

    private static OverCall over(CaseBuilder b, SqlAggFunction function) {
        return b.rel().aggregateCall(function).over();
    }

    private static ContractCase people(String name, Function<CaseBuilder, OverCall> call) {
        return new ContractCase(FAMILY, name, b -> {
            b.scan(Fixture.PEOPLE);
            return windowed(b, call.apply(b).as("v"));
        });
    }

    private static ContractCase kind(String name, String column, Function<CaseBuilder, OverCall> call) {
        return new ContractCase(FAMILY, name, b -> {
            b.scan(Fixture.KINDS, column.equals("id") ? new String[] {"id"} : new String[] {"id", column});
            return windowed(b, call.apply(b).as("v"));
        });
    }

    private static RelNode windowed(CaseBuilder b, RexNode column) {
        return split(b.rel().projectPlus(column).build());
    }

    /** As the planner asks for windows: each an operator of its own. */
    private static RelNode split(RelNode plan) {
        HepPlanner planner = new HepPlanner(HepProgram.builder()
                .addRuleInstance(CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW)
                .build());
        planner.setRoot(plan);
        return planner.findBestExp();
    }
}
