package io.calque.testkit.contract;

import static org.apache.calcite.sql.fun.SqlStdOperatorTable.GREATER_THAN;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.PLUS;

import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/** Orders by every type in each direction with NULLs at either end, limits and offsets. Stateless. */
final class SortCases {
    private static final String FAMILY = "sort";

    private SortCases() {}

    static List<ContractCase> of(ContractWorld world) {
        List<ContractCase> cases = new ArrayList<>();
        for (FixtureTable.Column column : world.fixture(Fixture.KINDS).columns()) {
            String name = column.name();
            if (name.equals("id")) {
                continue;
            }
            cases.add(by(name, "", (rel, key) -> key));
            cases.add(by(name, " NULLS FIRST", (rel, key) -> rel.nullsFirst(key)));
            cases.add(by(name, " DESC", (rel, key) -> rel.desc(key)));
            cases.add(by(name, " DESC NULLS LAST", (rel, key) -> rel.nullsLast(rel.desc(key))));
        }
        bounds(cases);
        return cases;
    }

    /** Where no end is named, NULLs sort high: the planner leaves that open, and so does RelBuilder. */
    private static ContractCase by(String column, String suffix, BiFunction<RelBuilder, RexNode, RexNode> direction) {
        return new ContractCase(FAMILY, column + suffix, b -> {
            b.scan(Fixture.KINDS, "id", column);
            return b.rel()
                    .sort(direction.apply(b.rel(), b.field(column)), b.field("id"))
                    .build();
        });
    }

    private static void bounds(List<ContractCase> cases) {
        cases.add(new ContractCase(FAMILY, "t LIMIT 5", b -> {
            b.scan(Fixture.KINDS, "id", "t");
            return b.rel().sortLimit(0, 5, b.field("t"), b.field("id")).build();
        }));
        for (String column : List.of("l", "t", "d", "dt")) {
            cases.add(new ContractCase(FAMILY, column + " LIMIT 9 OFFSET 4 of kinds", b -> {
                b.scan(Fixture.KINDS, "id", column);
                return b.rel().sortLimit(4, 9, b.field(column), b.field("id")).build();
            }));
        }
        cases.add(new ContractCase(FAMILY, "LIMIT 12 OFFSET 2 in any order of kinds", b -> {
            b.scan(Fixture.KINDS, "id", "l", "t");
            return b.rel().limit(2, 12).build();
        }));
        cases.add(new ContractCase(FAMILY, "id LIMIT 3 OFFSET 2", b -> {
            b.scan(Fixture.PEOPLE, "id", "name");
            return b.rel().sortLimit(2, 3, b.field("id")).build();
        }));
        cases.add(new ContractCase(FAMILY, "id OFFSET 5", b -> {
            b.scan(Fixture.PEOPLE, "id", "name");
            return b.rel().sortLimit(5, -1, b.field("id")).build();
        }));
        cases.add(new ContractCase(FAMILY, "id OFFSET 50 LIMIT 5", b -> {
            b.scan(Fixture.PEOPLE, "id", "name");
            return b.rel().sortLimit(50, 5, b.field("id")).build();
        }));
        cases.add(new ContractCase(FAMILY, "LIMIT 3 in any order", b -> {
            b.scan(Fixture.PEOPLE, "id", "name");
            return b.rel().limit(0, 3).build();
        }));
        cases.add(new ContractCase(FAMILY, "LIMIT 0", b -> {
            b.scan(Fixture.PEOPLE, "id", "name");
            return b.rel().sortLimit(0, 0, b.field("id")).build();
        }));
        cases.add(new ContractCase(FAMILY, "salary DESC, name, id LIMIT 4", b -> {
            b.scan(Fixture.PEOPLE, "id", "name", "salary");
            return b.rel()
                    .sortLimit(0, 4, b.rel().desc(b.field("salary")), b.field("name"), b.field("id"))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "WHERE over LIMIT", b -> {
            b.scan(Fixture.PEOPLE, "id", "name");
            return b.rel()
                    .sortLimit(0, 4, b.field("id"))
                    .filter(b.call(GREATER_THAN, b.rel().field("id"), b.integer(2)))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "LIMIT over LIMIT", b -> {
            b.scan(Fixture.PEOPLE, "id", "name");
            return b.rel()
                    .sortLimit(1, 4, b.field("id"))
                    .sortLimit(1, 2, b.rel().desc(b.rel().field("id")))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "by an expression", b -> {
            b.scan(Fixture.PEOPLE, "id", "boss");
            b.rel().project(b.field("id"), b.rel().alias(b.call(PLUS, b.field("boss"), b.field("id")), "k"));
            return b.rel().sort(b.field("k"), b.field("id")).build();
        }));
        cases.add(new ContractCase(FAMILY, "by a column that is not returned", b -> {
            b.scan(Fixture.PEOPLE, "id", "name", "born");
            return b.rel()
                    .sortLimit(0, 100, b.field("born"), b.field("id"))
                    .project(b.rel().field("name"))
                    .build();
        }));
        cases.add(new ContractCase(
                FAMILY,
                "LIMIT ? OFFSET ?",
                b -> {
                    b.scan(Fixture.PEOPLE, "id", "name");
                    return b.rel()
                            .sortLimit(
                                    b.parameter(DataType.BIGINT, 1),
                                    b.parameter(DataType.BIGINT, 0),
                                    List.of(b.field("id")))
                            .build();
                },
                List.of(2L, 3L)));
        cases.add(new ContractCase(FAMILY, "vacant by t", b -> {
            b.scan(Fixture.VACANT);
            return b.rel().sortLimit(0, 3, b.field("t")).build();
        }));
    }
}
