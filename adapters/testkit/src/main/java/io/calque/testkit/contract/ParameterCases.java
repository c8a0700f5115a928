package io.calque.testkit.contract;

import static org.apache.calcite.sql.fun.SqlStdOperatorTable.EQUALS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.GREATER_THAN;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.IS_NULL;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.LIKE;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.PLUS;

import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameters of every type, with values and with NULL. Stateless. */
final class ParameterCases {
    private static final String FAMILY = "parameter";

    private ParameterCases() {}

    static List<ContractCase> of(ContractWorld world) {
        List<ContractCase> cases = new ArrayList<>();
        for (FixtureTable.Column column : world.fixture(Fixture.KINDS).columns()) {
            DataType type = world.column(Fixture.KINDS, column.name()).type();
            List<@Nullable Object> values = FilterCases.values(world, column.name());
            cases.add(equal(column.name(), type, values.get(2), "a value"));
            cases.add(equal(column.name(), type, values.get(14), "an extreme"));
            cases.add(equal(column.name(), type, null, "NULL"));
            cases.add(new ContractCase(
                    FAMILY,
                    "? returned as " + column.name(),
                    b -> {
                        b.scan(Fixture.PEOPLE, "id");
                        return b.rel()
                                .project(b.field("id"), b.parameter(type, 0))
                                .build();
                    },
                    Fixture.row(values.get(3))));
        }
        cases.add(new ContractCase(
                FAMILY,
                "i > ?1 AND (t = ?0 OR t LIKE ?2)",
                b -> {
                    b.scan(Fixture.KINDS, "id", "i", "t");
                    return b.idsWhere(b.and(
                            b.call(GREATER_THAN, b.field("i"), b.parameter(DataType.INTEGER, 1)),
                            b.or(
                                    b.call(EQUALS, b.field("t"), b.parameter(DataType.VARCHAR, 0)),
                                    b.call(LIKE, b.field("t"), b.parameter(DataType.VARCHAR, 2)))));
                },
                List.of("a", 0L, "%t%")));
        cases.add(new ContractCase(
                FAMILY,
                "one parameter twice",
                b -> {
                    b.scan(Fixture.KINDS, "id", "t");
                    return b.idsWhere(b.or(
                            b.call(EQUALS, b.field("t"), b.parameter(DataType.VARCHAR, 0)),
                            b.call(IS_NULL, b.parameter(DataType.VARCHAR, 0))));
                },
                Fixture.row((Object) null)));
        cases.add(new ContractCase(
                FAMILY,
                "id = ? + 1",
                b -> {
                    b.scan(Fixture.PEOPLE, "id", "name");
                    return b.rel()
                            .filter(b.call(
                                    EQUALS,
                                    b.field("id"),
                                    b.call(PLUS, b.parameter(DataType.INTEGER, 0), b.integer(1))))
                            .build();
                },
                List.of(2L)));
        return cases;
    }

    private static ContractCase equal(String column, DataType type, @Nullable Object value, String what) {
        return new ContractCase(
                FAMILY,
                column + " = ?, " + what,
                b -> {
                    b.scan(Fixture.KINDS, column.equals("id") ? new String[] {"id"} : new String[] {"id", column});
                    return b.idsWhere(b.call(EQUALS, b.field(column), b.parameter(type, 0)));
                },
                Fixture.row(value));
    }
}
