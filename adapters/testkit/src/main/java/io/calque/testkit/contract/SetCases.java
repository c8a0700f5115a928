package io.calque.testkit.contract;

import static org.apache.calcite.sql.fun.SqlStdOperatorTable.EQUALS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.GREATER_THAN;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.LESS_THAN;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.tools.RelBuilder;

/** Set operations inside one source: repeated rows and NULLs, columns of every type, nested, and below other operators. Stateless. */
final class SetCases {
    private static final String FAMILY = "set";

    private SetCases() {}

    static List<ContractCase> of(ContractWorld world) {
        List<ContractCase> cases = new ArrayList<>();
        for (boolean all : new boolean[] {true, false}) {
            String suffix = all ? " ALL" : "";
            cases.add(twins("UNION" + suffix, rel -> rel.union(all)));
            cases.add(twins("INTERSECT" + suffix, rel -> rel.intersect(all)));
            cases.add(twins("EXCEPT" + suffix, rel -> rel.minus(all)));
            cases.add(vacant("UNION" + suffix + " with nothing", rel -> rel.union(all)));
            cases.add(vacant("INTERSECT" + suffix + " with nothing", rel -> rel.intersect(all)));
            cases.add(vacant("EXCEPT" + suffix + " nothing", rel -> rel.minus(all)));
            cases.add(three("UNION" + suffix + " of three", rel -> rel.union(all, 3)));
            cases.add(three("EXCEPT" + suffix + " two", rel -> rel.minus(all, 3)));
            for (FixtureTable.Column column : world.fixture(Fixture.KINDS).columns()) {
                String name = column.name();
                cases.add(kinds("UNION" + suffix + " of " + name, name, rel -> rel.union(all)));
                cases.add(kinds("INTERSECT" + suffix + " of " + name, name, rel -> rel.intersect(all)));
                cases.add(kinds("EXCEPT" + suffix + " of " + name, name, rel -> rel.minus(all)));
            }
        }
        places(cases);
        return cases;
    }

    private static void places(List<ContractCase> cases) {
        cases.add(new ContractCase(FAMILY, "UNION ALL, grouped and sorted", b -> {
            RelBuilder rel = both(b).union(true);
            rel.aggregate(rel.groupKey("name"), rel.countStar("n"));
            return rel.sort(rel.field("n"), rel.field("name")).build();
        }));
        cases.add(new ContractCase(FAMILY, "UNION, filtered", b -> {
            RelBuilder rel = both(b).union(false);
            return rel.filter(b.call(GREATER_THAN, b.field("name"), b.text("B")))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "UNION ALL of limited rows", b -> {
            b.scan(Fixture.PEOPLE, "id", "name").sortLimit(0, 2, b.field("id"));
            b.scan(Fixture.ORDERS, "id", "item").sortLimit(1, 2, b.field("id"));
            return b.rel().union(true).build();
        }));
        cases.add(new ContractCase(FAMILY, "UNION with constants and NULL", b -> {
            b.scan(Fixture.PEOPLE, "id", "name");
            b.rel().project(List.of(b.field("id"), b.text("person"), b.field("name")), List.of("id", "kind", "name"));
            b.scan(Fixture.ORDERS, "id");
            b.rel()
                    .project(
                            List.of(
                                    b.field("id"),
                                    b.text("order"),
                                    b.literal(io.calque.spi.type.DataType.VARCHAR, null)),
                            List.of("id", "kind", "name"));
            return b.rel().union(false).build();
        }));
        cases.add(new ContractCase(FAMILY, "joined to a UNION", b -> {
            b.scan(Fixture.PEOPLE, "id", "city");
            both(b).union(false);
            RelBuilder rel = b.rel();
            return rel.join(
                            org.apache.calcite.rel.core.JoinRelType.INNER,
                            b.call(EQUALS, rel.field(2, 0, "id"), rel.field(2, 1, "id")))
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "UNION of groups", b -> {
            RelBuilder rel = b.rel();
            b.scan(Fixture.PEOPLE, "city");
            rel.aggregate(rel.groupKey("city"), rel.countStar("n"));
            b.scan(Fixture.ORDERS, "item");
            rel.aggregate(rel.groupKey("item"), rel.countStar("n"));
            return rel.union(false).build();
        }));
    }

    private static RelBuilder both(CaseBuilder b) {
        b.scan(Fixture.PEOPLE, "id", "name");
        b.scan(Fixture.ORDERS, "id", "item");
        return b.rel();
    }

    private static ContractCase twins(String name, Function<RelBuilder, RelBuilder> combine) {
        return new ContractCase(FAMILY, name, b -> {
            b.scan(Fixture.TWINS, "k", "v");
            b.scan(Fixture.TWINS, "k", "v").filter(b.call(EQUALS, b.field("v"), b.text("a")));
            return combine.apply(b.rel()).build();
        });
    }

    private static ContractCase vacant(String name, Function<RelBuilder, RelBuilder> combine) {
        return new ContractCase(FAMILY, name, b -> {
            b.scan(Fixture.TWINS, "k", "v");
            b.scan(Fixture.VACANT, "id", "t");
            return combine.apply(b.rel()).build();
        });
    }

    private static ContractCase three(String name, Function<RelBuilder, RelBuilder> combine) {
        return new ContractCase(FAMILY, name, b -> {
            b.scan(Fixture.TWINS, "k", "v");
            b.scan(Fixture.TWINS, "k", "v").filter(b.call(EQUALS, b.field("k"), b.integer(1)));
            b.scan(Fixture.TWINS, "k", "v").filter(b.call(EQUALS, b.field("v"), b.text("A")));
            return combine.apply(b.rel()).build();
        });
    }

    /** Two overlapping halves. */
    private static ContractCase kinds(String name, String column, Function<RelBuilder, RelBuilder> combine) {
        return new ContractCase(FAMILY, name, b -> {
            half(b, column, LESS_THAN, 12);
            half(b, column, GREATER_THAN, 6);
            return combine.apply(b.rel()).build();
        });
    }

    private static void half(CaseBuilder b, String column, org.apache.calcite.sql.SqlOperator than, int id) {
        b.scan(Fixture.KINDS, column.equals("id") ? new String[] {"id"} : new String[] {"id", column});
        b.rel().filter(b.call(than, b.field("id"), b.integer(id)));
        b.rel().project(List.of(b.field(column)), List.of(column), true);
    }
}
