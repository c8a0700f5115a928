package io.calque.planner.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.type.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.junit.jupiter.api.Test;

class ValueRangeTest {
    private final RexBuilder rex = new RexBuilder(new JavaTypeFactoryImpl());
    private final RexNode day = rex.makeInputRef(rex.getTypeFactory().createSqlType(SqlTypeName.DATE), 0);

    private static TableDescriptor table(double nulls, String min, String max, String... histogram) {
        ColumnStatistics statistics = new ColumnStatistics(
                OptionalDouble.of(2_400),
                OptionalDouble.of(nulls),
                Optional.of(min),
                Optional.of(max),
                OptionalDouble.empty(),
                List.of(),
                List.of(histogram));
        return TableDescriptor.of(
                        new TableName(new SourceId("crm"), "public", "orders"),
                        TableKind.TABLE,
                        List.of(ColumnDescriptor.of("placed", DataType.DATE, "date", Nullability.NULLABLE)))
                .withStatistics(new TableStatistics(
                        OptionalDouble.of(1_000_000), Optional.empty(), new TreeMap<>(Map.of("placed", statistics))));
    }

    private ValueRange range(SqlOperator operator, String bound, TableDescriptor table) {
        return ValueRange.of(rex.makeCall(operator, day, rex.makeDateLiteral(new DateString(bound))), table)
                .orElseThrow();
    }

    private double between(String from, String to, TableDescriptor table) {
        return range(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, from, table)
                .and(range(SqlStdOperatorTable.LESS_THAN, to, table))
                .share(table);
    }

    @Test
    void takesBothBoundsAsOneRange() {
        assertThat(between("2000-07-01", "2000-10-01", table(0, "2000-01-01", "2001-01-01")))
                .isCloseTo(0.25, within(0.01));
    }

    @Test
    void countsNoNull() {
        assertThat(between("2000-07-01", "2000-10-01", table(0.5, "2000-01-01", "2001-01-01")))
                .isCloseTo(0.125, within(0.01));
    }

    /** Half of the rows lie in the last tenth of the time. */
    @Test
    void goesByBucketsWhereThereAreSome() {
        TableDescriptor table = table(0, "2000-01-01", "2010-01-01", "2000-01-01", "2009-01-01", "2010-01-01");
        assertThat(between("2009-01-01", "2011-01-01", table)).isCloseTo(0.5, within(0.01));
        assertThat(between("2000-01-01", "2004-07-01", table)).isCloseTo(0.25, within(0.01));
    }

    @Test
    void expectsFewRowsOfARangeThatHoldsNone() {
        assertThat(between("2000-10-01", "2000-07-01", table(0, "2000-01-01", "2001-01-01")))
                .isLessThan(0.001);
    }
}
