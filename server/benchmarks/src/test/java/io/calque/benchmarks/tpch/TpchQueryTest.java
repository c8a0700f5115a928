package io.calque.benchmarks.tpch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TpchQueryTest {
    static List<TpchQuery> queries() {
        return TpchQuery.all(1);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void isReadByTheParserAsItStands(TpchQuery query) throws SqlParseException {
        SqlParser.Config config = SqlParser.config()
                .withParserFactory(SqlBabelParserImpl.FACTORY)
                .withConformance(SqlConformanceEnum.BABEL);
        assertThat(SqlParser.create(query.sql(), config).parseStmt()).isNotNull();
    }

    @Test
    void takesTheFractionFromTheScaleFactor() {
        assertThat(TpchQuery.of(11, 1).sql()).contains("* 0.0001\n");
        assertThat(TpchQuery.of(11, 0.01).sql()).contains("* 0.01\n");
        assertThat(TpchQuery.of(11, 0.1).sql()).contains("* 0.001\n");
    }

    @Test
    void knowsNoOtherNumber() {
        assertThatThrownBy(() -> TpchQuery.of(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> TpchQuery.of(23, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
