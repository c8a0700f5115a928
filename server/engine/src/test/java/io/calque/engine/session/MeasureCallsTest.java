package io.calque.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.spi.QueryException;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import io.calque.spi.ontology.OntologyEntry.Metric;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeasureCallsTest {
    private static final Ontology METRICS = Ontology.of(List.<OntologyEntry>of(
            metric("revenue", "SUM(total)"),
            metric("gross margin", "SUM(price - cost) / SUM(price)"),
            metric("returns", "COUNT(*)"),
            metric("returns", "SUM(refund)", "auditor")));

    private static Metric metric(String name, String sql, String... roles) {
        return new Metric(name, List.of("my " + name), List.of(roles), "", "invoice", sql, "", "");
    }

    private static String replaced(String sql, String... roles) {
        return MeasureCalls.replaced(sql, METRICS, Set.of(roles));
    }

    @Test
    void putsTheAggregateInThePlaceOfTheCall() {
        assertThat(replaced("SELECT c, measure( revenue ) FROM t GROUP BY c HAVING MEASURE(\"my revenue\") > 3"))
                .isEqualTo("SELECT c, NAMED_METRIC(\"revenue\", (SUM(total))) FROM t GROUP BY c"
                        + " HAVING NAMED_METRIC(\"revenue\", (SUM(total))) > 3");
        assertThat(replaced("SELECT MEASURE(gross_margin), MEASURE('gross margin')"))
                .isEqualTo("SELECT NAMED_METRIC(\"gross margin\", (SUM(price - cost) / SUM(price))),"
                        + " NAMED_METRIC(\"gross margin\", (SUM(price - cost) / SUM(price)))");
    }

    @Test
    void takesTheAskersOwnMetricFirst() {
        assertThat(replaced("SELECT MEASURE(returns)")).isEqualTo("SELECT NAMED_METRIC(\"returns\", (COUNT(*)))");
        assertThat(replaced("SELECT MEASURE(returns)", "auditor"))
                .isEqualTo("SELECT NAMED_METRIC(\"returns\", (SUM(refund)))");
    }

    @Test
    void aViewKeepsTheAggregateAlone() {
        assertThat(MeasureCalls.unnamed(replaced("SELECT c, MEASURE(gross_margin) * 2 FROM t")))
                .isEqualTo("SELECT c, ((SUM(price - cost) / SUM(price))) * 2 FROM t");
    }

    @Test
    void leavesTextsAndCommentsAlone() {
        String sql = "SELECT 'MEASURE(revenue)' -- MEASURE(revenue)\nFROM t";
        assertThat(replaced(sql)).isEqualTo(sql);
    }

    @Test
    void saysWhichNameIsNearest() {
        assertThatThrownBy(() -> replaced("SELECT MEASURE(revenu)"))
                .isInstanceOf(QueryException.class)
                .hasMessage("No metric 'revenu' in the ontology. Did you mean 'revenue'?");
    }
}
