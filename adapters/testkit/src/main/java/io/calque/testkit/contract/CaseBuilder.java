package io.calque.testkit.contract;

import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/** Writes the cases' fragments down shortly. Single-threaded; one fragment each. */
final class CaseBuilder {
    private final ContractWorld world;
    private final RelBuilder rel;

    CaseBuilder(ContractWorld world) {
        this.world = world;
        this.rel = world.rels().builder();
    }

    RelBuilder rel() {
        return rel;
    }

    /** A scan of the named columns. */
    RelBuilder scan(FixtureTable table, String... columns) {
        rel.scan(table.name());
        return rel.project(fields(columns));
    }

    /** A scan of all columns of the fixture, without those that the source adds. */
    RelBuilder scan(FixtureTable table) {
        return scan(
                table,
                world.fixture(table).columns().stream()
                        .map(FixtureTable.Column::name)
                        .toArray(String[]::new));
    }

    RexNode field(String column) {
        return rel.field(column);
    }

    List<RexNode> fields(String... columns) {
        return Arrays.stream(columns).map(c -> (RexNode) rel.field(c)).toList();
    }

    RexNode call(SqlOperator operator, RexNode... operands) {
        return rel.call(operator, operands);
    }

    /** A call whose type is not the operator's own, but the engine's. */
    RexNode typed(SqlOperator operator, RelDataType type, RexNode... operands) {
        return world.rels().rex().makeCall(type, operator, Arrays.asList(operands));
    }

    RelDataType type(DataType type, boolean nullable) {
        return world.rels()
                .rex()
                .getTypeFactory()
                .createTypeWithNullability(world.rels().type(type), nullable);
    }

    RexNode text(String value) {
        return world.rels().literal(DataType.VARCHAR, value);
    }

    RexNode integer(long value) {
        return world.rels().literal(DataType.INTEGER, value);
    }

    RexNode decimal(String value) {
        return world.rels().rex().makeExactLiteral(new BigDecimal(value));
    }

    RexNode literal(DataType type, @Nullable Object value) {
        return world.rels().literal(type, value);
    }

    RexNode parameter(DataType type, int index) {
        return world.rels().parameter(type, index);
    }

    RexNode cast(RexNode value, DataType type) {
        RelDataType target = world.rels()
                .rex()
                .getTypeFactory()
                .createTypeWithNullability(
                        world.rels().type(type), value.getType().isNullable());
        return world.rels().rex().makeAbstractCast(target, value, false);
    }

    RexNode and(RexNode... operands) {
        return call(SqlStdOperatorTable.AND, operands);
    }

    RexNode or(RexNode... operands) {
        return call(SqlStdOperatorTable.OR, operands);
    }

    RexNode not(RexNode operand) {
        return call(SqlStdOperatorTable.NOT, operand);
    }

    /** {@code SELECT id FROM table WHERE condition}. */
    RelNode idsWhere(RexNode condition) {
        return rel.filter(condition).project(rel.field("id")).build();
    }

    /** Rows of {@code kinds} that are small enough to compute with, and its NULLs. */
    RelBuilder ordinaryKinds(String... columns) {
        rel.scan(Fixture.KINDS.name());
        String[] all = Stream.concat(Stream.of("id"), Arrays.stream(columns).filter(c -> !c.equals("id")))
                .toArray(String[]::new);
        rel.project(fields(all));
        return rel.filter(and(
                call(SqlStdOperatorTable.NOT_EQUALS, rel.field("id"), integer(14)),
                call(SqlStdOperatorTable.NOT_EQUALS, rel.field("id"), integer(15))));
    }
}
