package io.calque.testkit.contract;

import static org.apache.calcite.sql.fun.SqlStdOperatorTable.EQUALS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.GREATER_THAN;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.IS_NULL;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.IS_TRUE;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.MULTIPLY;

import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilder.AggCall;
import org.apache.calcite.util.ImmutableBitSet;

/** Aggregates: every function on every type, whole tables and groups, NULLs as keys, nothing at all. Stateless. */
final class AggregateCases {
    private static final String FAMILY = "aggregate";

    private AggregateCases() {}

    static List<ContractCase> of(ContractWorld world) {
        List<ContractCase> cases = new ArrayList<>();
        for (FixtureTable.Column column : world.fixture(Fixture.KINDS).columns()) {
            DataType type = world.column(Fixture.KINDS, column.name()).type();
            String name = column.name();
            cases.add(overall("COUNT(" + name + ")", name, b -> b.rel().count(b.field(name))));
            cases.add(overall(
                    "COUNT(DISTINCT " + name + ")",
                    name,
                    b -> b.rel().count(b.field(name)).distinct()));
            if (type.kind() != TypeKind.BOOLEAN && type.kind() != TypeKind.VARBINARY) {
                cases.add(overall("MIN(" + name + ")", name, b -> b.rel().min(b.field(name))));
                cases.add(overall("MAX(" + name + ")", name, b -> b.rel().max(b.field(name))));
            }
            if (type.isNumeric()) {
                cases.add(ordinary("SUM(" + name + ")", name, b -> b.rel().sum(b.field(name))));
                cases.add(ordinary(
                        "$SUM0(" + name + ")",
                        name,
                        b -> b.rel().aggregateCall(SqlStdOperatorTable.SUM0, b.field(name))));
                cases.add(ordinary("AVG(" + name + ")", name, b -> b.rel().avg(b.field(name))));
            }
            if (type.isExactNumeric()) {
                cases.add(overall(
                        "SUM(" + name + ") with extremes", name, b -> b.rel().sum(b.field(name))));
                cases.add(overall(
                        "$SUM0(" + name + ") with extremes",
                        name,
                        b -> b.rel().aggregateCall(SqlStdOperatorTable.SUM0, b.field(name))));
                cases.add(overall(
                        "AVG(" + name + ") with extremes", name, b -> b.rel().avg(b.field(name))));
                cases.add(overall(
                        "SUM(DISTINCT " + name + ")",
                        name,
                        b -> b.rel().sum(b.field(name)).distinct()));
                cases.add(overall(
                        "AVG(DISTINCT " + name + ")",
                        name,
                        b -> b.rel().avg(b.field(name)).distinct()));
            }
            cases.add(new ContractCase(FAMILY, "COUNT(*) GROUP BY " + name, b -> {
                b.scan(Fixture.KINDS, name);
                return b.rel()
                        .aggregate(b.rel().groupKey(name), b.rel().countStar("n"))
                        .build();
            }));
        }
        // The largest DOUBLE swallows the others in whatever order they come.
        cases.add(overall("SUM(f) with extremes", "f", b -> b.rel().sum(b.field("f"))));
        cases.add(overall(
                "$SUM0(f) with extremes", "f", b -> b.rel().aggregateCall(SqlStdOperatorTable.SUM0, b.field("f"))));
        emptiness(cases);
        groups(cases);
        return cases;
    }

    private static void emptiness(List<ContractCase> cases) {
        cases.add(new ContractCase(FAMILY, "everything over no rows", b -> {
            b.scan(Fixture.VACANT);
            RelBuilder rel = b.rel();
            return rel.aggregate(
                            rel.groupKey(),
                            rel.countStar("n"),
                            rel.count(b.field("t")).as("c"),
                            rel.sum(b.field("d")).as("s"),
                            rel.max(b.field("id")).as("hi"))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "AVG and MIN of text over no rows", b -> {
            b.scan(Fixture.VACANT);
            RelBuilder rel = b.rel();
            return rel.aggregate(
                            rel.groupKey(),
                            rel.avg(b.field("id")).as("a"),
                            rel.min(b.field("t")).as("lo"))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "groups of no rows", b -> {
            b.scan(Fixture.VACANT);
            return b.rel()
                    .aggregate(b.rel().groupKey("t"), b.rel().countStar("n"))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "SUM and COUNT of NULLs only", b -> {
            b.scan(Fixture.KINDS, "id", "i");
            RelBuilder rel = b.rel();
            rel.filter(b.call(IS_NULL, b.field("i")));
            return rel.aggregate(
                            rel.groupKey(),
                            rel.sum(b.field("i")).as("s"),
                            rel.count(b.field("i")).as("c"),
                            rel.max(b.field("i")).as("m"))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "COUNT(*)", b -> {
            b.scan(Fixture.TWINS);
            return b.rel().aggregate(b.rel().groupKey(), b.rel().countStar("n")).build();
        }));
        cases.add(new ContractCase(FAMILY, "COUNT(*) of no columns", b -> {
            b.scan(Fixture.TWINS);
            b.rel().project(List.of(), List.of(), true);
            return b.rel().aggregate(b.rel().groupKey(), b.rel().countStar("n")).build();
        }));
    }

    private static void groups(List<ContractCase> cases) {
        cases.add(new ContractCase(FAMILY, "COUNT(t) FILTER (WHERE id > 3)", b -> {
            b.scan(Fixture.KINDS, "id", "t");
            return b.rel()
                    .aggregate(
                            b.rel().groupKey(),
                            b.rel()
                                    .count(b.field("t"))
                                    .filter(b.call(IS_TRUE, b.call(GREATER_THAN, b.field("id"), b.integer(3)))))
                    .build();
        }));
        for (String column : List.of("l", "t", "d", "dt")) {
            cases.add(new ContractCase(
                    FAMILY,
                    "DISTINCT " + column + " of kinds",
                    b -> b.scan(Fixture.KINDS, column).distinct().build()));
            cases.add(new ContractCase(FAMILY, "COUNT, MAX (" + column + ") FILTER (WHERE id > 3)", b -> {
                b.scan(Fixture.KINDS, "id", column);
                RexNode late = b.call(IS_TRUE, b.call(GREATER_THAN, b.field("id"), b.integer(3)));
                return b.rel()
                        .aggregate(
                                b.rel().groupKey(),
                                b.rel().count(b.field(column)).filter(late).as("n"),
                                b.rel().max(b.field(column)).filter(late).as("hi"))
                        .build();
            }));
        }
        cases.add(grouped(
                "city: COUNT(*), SUM(salary)",
                b -> List.of(
                        b.rel().countStar("n"), b.rel().sum(b.field("salary")).as("s"))));
        cases.add(grouped(
                "city: MIN(name), MAX(name)",
                b -> List.of(
                        b.rel().min(b.field("name")).as("lo"),
                        b.rel().max(b.field("name")).as("hi"))));
        cases.add(grouped(
                "city: AVG(salary), AVG(score)",
                b -> List.of(
                        b.rel().avg(b.field("salary")).as("a"),
                        b.rel().avg(b.field("score")).as("b"))));
        cases.add(grouped(
                "city: COUNT(DISTINCT name), COUNT(*)",
                b -> List.of(
                        b.rel().count(b.field("name")).distinct().as("d"),
                        b.rel().countStar("n"))));
        cases.add(grouped(
                "city: COUNT(DISTINCT name), COUNT(DISTINCT boss), SUM(salary), MIN(born)",
                b -> List.of(
                        b.rel().count(b.field("name")).distinct().as("d"),
                        b.rel().count(b.field("boss")).distinct().as("e"),
                        b.rel().sum(b.field("salary")).as("s"),
                        b.rel().min(b.field("born")).as("lo"))));
        cases.add(grouped(
                "city: COUNT(DISTINCT boss) with and without FILTER, SUM(DISTINCT boss)",
                b -> List.of(
                        b.rel().count(b.field("boss")).distinct().as("d"),
                        b.rel()
                                .count(b.field("boss"))
                                .distinct()
                                .filter(b.call(IS_TRUE, b.call(GREATER_THAN, b.field("salary"), b.decimal("4000"))))
                                .as("e"),
                        b.rel().sum(b.field("boss")).distinct().as("s"))));
        for (String column : List.of("l", "t", "d")) {
            cases.add(new ContractCase(
                    FAMILY, "COUNT(DISTINCT " + column + "), COUNT(DISTINCT i), COUNT(*) of kinds", b -> {
                        b.scan(Fixture.KINDS, column, "i");
                        return b.rel()
                                .aggregate(
                                        b.rel().groupKey(),
                                        b.rel()
                                                .count(b.field(column))
                                                .distinct()
                                                .as("c"),
                                        b.rel().count(b.field("i")).distinct().as("d"),
                                        b.rel().countStar("n"))
                                .build();
                    }));
        }
        cases.add(new ContractCase(FAMILY, "COUNT(DISTINCT) of two columns of no rows", b -> {
            b.scan(Fixture.VACANT, "id", "t", "d");
            return b.rel()
                    .aggregate(
                            b.rel().groupKey(),
                            b.rel().count(b.field("id")).distinct().as("c"),
                            b.rel().count(b.field("t")).distinct().as("d"),
                            b.rel().sum(b.field("d")).distinct().as("s"),
                            b.rel().countStar("n"))
                    .build();
        }));
        cases.add(grouped(
                "city: MIN(born)", b -> List.of(b.rel().min(b.field("born")).as("lo"))));
        cases.add(grouped(
                "city: COUNT(*) FILTER (WHERE salary > 4000)",
                b -> List.of(b.rel()
                        .countStar("n")
                        .filter(b.call(IS_TRUE, b.call(GREATER_THAN, b.field("salary"), b.decimal("4000")))))));
        cases.add(grouped(
                "city: SUM(salary) FILTER (WHERE boss = 1)",
                b -> List.of(b.rel()
                        .sum(b.field("salary"))
                        .filter(b.call(IS_TRUE, b.call(EQUALS, b.field("boss"), b.integer(1))))
                        .as("s"))));
        cases.add(new ContractCase(
                FAMILY, "DISTINCT k, v", b -> b.scan(Fixture.TWINS).distinct().build()));
        cases.add(new ContractCase(
                FAMILY,
                "DISTINCT city",
                b -> b.scan(Fixture.PEOPLE, "city").distinct().build()));
        cases.add(new ContractCase(FAMILY, "GROUP BY boss, city", b -> {
            b.scan(Fixture.PEOPLE, "boss", "city");
            return b.rel()
                    .aggregate(b.rel().groupKey("boss", "city"), b.rel().countStar("n"))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "HAVING COUNT(*) > 1", b -> {
            b.scan(Fixture.PEOPLE, "city");
            b.rel().aggregate(b.rel().groupKey("city"), b.rel().countStar("n"));
            return b.rel()
                    .filter(b.call(GREATER_THAN, b.field("n"), b.integer(1)))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "HAVING SUM(salary) > 4000, then the key alone", b -> {
            b.scan(Fixture.PEOPLE, "city", "salary");
            b.rel()
                    .aggregate(
                            b.rel().groupKey("city"),
                            b.rel().sum(b.field("salary")).as("s"));
            b.rel().filter(b.call(GREATER_THAN, b.field("s"), b.decimal("4000")));
            return b.rel().project(b.field("city")).build();
        }));
        cases.add(new ContractCase(FAMILY, "SUM(amount * quantity) GROUP BY item", b -> {
            b.scan(Fixture.ORDERS, "item", "amount", "quantity");
            b.rel()
                    .project(
                            b.field("item"),
                            b.rel().alias(b.call(MULTIPLY, b.field("amount"), b.field("quantity")), "value"));
            return b.rel()
                    .aggregate(
                            b.rel().groupKey("item"),
                            b.rel().sum(b.field("value")).as("s"))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "top 2 groups by SUM", b -> {
            b.scan(Fixture.ORDERS, "item", "amount");
            b.rel()
                    .aggregate(
                            b.rel().groupKey("item"),
                            b.rel().sum(b.field("amount")).as("s"));
            return b.rel()
                    .sortLimit(0, 2, b.rel().desc(b.field("s")), b.field("item"))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "COUNT(*) over groups", b -> {
            b.scan(Fixture.PEOPLE, "city");
            b.rel().aggregate(b.rel().groupKey("city"), b.rel().countStar("n"));
            return b.rel()
                    .aggregate(b.rel().groupKey(), b.rel().countStar("groups"))
                    .build();
        }));
        for (org.apache.calcite.sql.SqlAggFunction function : List.of(
                org.apache.calcite.sql.fun.SqlLibraryOperators.BOOL_AND,
                org.apache.calcite.sql.fun.SqlLibraryOperators.BOOL_OR,
                SqlStdOperatorTable.EVERY)) {
            cases.add(overall(function.getName() + "(b)", "b", b -> b.rel().aggregateCall(function, b.field("b"))));
        }
        for (boolean descending : new boolean[] {false, true}) {
            cases.add(new ContractCase(FAMILY, "LISTAGG(t, '; ') by t" + (descending ? " descending" : ""), b -> {
                b.scan(Fixture.KINDS, "id", "t");
                RelBuilder rel = b.rel();
                rel.projectPlus(rel.alias(b.text("; "), "separator"));
                return rel.aggregate(
                                rel.groupKey(),
                                rel.aggregateCall(SqlStdOperatorTable.LISTAGG, b.field("t"), b.field("separator"))
                                        .sort(descending ? rel.desc(b.field("t")) : b.field("t"), b.field("id"))
                                        .as("texts"))
                        .build();
            }));
        }
        for (String column : List.of("t", "l")) {
            cases.add(new ContractCase(FAMILY, "grouping sets of " + column + " with GROUPING", b -> {
                b.scan(Fixture.KINDS, column, "b");
                return b.rel()
                        .aggregate(
                                b.rel()
                                        .groupKey(
                                                ImmutableBitSet.of(0, 1),
                                                List.of(
                                                        ImmutableBitSet.of(0, 1),
                                                        ImmutableBitSet.of(0),
                                                        ImmutableBitSet.of())),
                                b.rel().countStar("n"),
                                b.rel()
                                        .aggregateCall(SqlStdOperatorTable.GROUPING, b.field(column))
                                        .as("g"))
                        .build();
            }));
        }
        cases.add(new ContractCase(FAMILY, "grouping sets of nothing", b -> {
            b.scan(Fixture.VACANT, "id", "t", "d");
            return b.rel()
                    .aggregate(
                            b.rel()
                                    .groupKey(
                                            ImmutableBitSet.of(0, 1),
                                            List.of(
                                                    ImmutableBitSet.of(0),
                                                    ImmutableBitSet.of(1),
                                                    ImmutableBitSet.of())),
                            b.rel().sum(b.field("d")).as("s"),
                            b.rel().countStar("n"),
                            b.rel()
                                    .aggregateCall(SqlStdOperatorTable.GROUPING, b.field("id"), b.field("t"))
                                    .as("g"))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "grouping sets without the finest, MIN and FILTER", b -> {
            b.scan(Fixture.PEOPLE, "city", "boss", "salary", "born");
            RexNode paid = b.call(IS_TRUE, b.call(GREATER_THAN, b.field("salary"), b.decimal("4000")));
            return b.rel()
                    .aggregate(
                            b.rel()
                                    .groupKey(
                                            ImmutableBitSet.of(0, 1),
                                            List.of(ImmutableBitSet.of(0), ImmutableBitSet.of(1))),
                            b.rel().sum(b.field("salary")).filter(paid).as("s"),
                            b.rel().min(b.field("born")).as("lo"),
                            b.rel().count(b.field("salary")).as("n"))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "grouping sets", b -> {
            b.scan(Fixture.PEOPLE, "city", "boss");
            return b.rel()
                    .aggregate(
                            b.rel()
                                    .groupKey(
                                            ImmutableBitSet.of(0, 1),
                                            List.of(
                                                    ImmutableBitSet.of(0, 1),
                                                    ImmutableBitSet.of(0),
                                                    ImmutableBitSet.of())),
                            b.rel().countStar("n"))
                    .build();
        }));
    }

    private static ContractCase grouped(String name, Function<CaseBuilder, List<AggCall>> calls) {
        return new ContractCase(FAMILY, name, b -> {
            b.scan(Fixture.PEOPLE);
            return b.rel().aggregate(b.rel().groupKey("city"), calls.apply(b)).build();
        });
    }

    private static ContractCase overall(String name, String column, Function<CaseBuilder, AggCall> call) {
        return new ContractCase(FAMILY, name, b -> {
            b.scan(Fixture.KINDS, column);
            return b.rel().aggregate(b.rel().groupKey(), call.apply(b).as("v")).build();
        });
    }

    /** Over rows without extremes, where a DOUBLE sum does not depend on the order of its rows. */
    private static ContractCase ordinary(String name, String column, Function<CaseBuilder, AggCall> call) {
        return new ContractCase(FAMILY, name, b -> {
            b.ordinaryKinds(column);
            return b.rel().aggregate(b.rel().groupKey(), call.apply(b).as("v")).build();
        });
    }
}
