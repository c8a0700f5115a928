package io.calque.engine.session;

import io.calque.engine.names.MetricNames;
import io.calque.engine.names.NearestName;
import io.calque.engine.prepare.SqlText;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metrics of the ontology in plain SQL: {@code MEASURE(revenue)} stands for the metric's aggregate, in a query that reads its table.
 *
 * <pre>
 * SELECT billing_country, MEASURE(revenue)                      FROM invoice GROUP BY billing_country
 * SELECT billing_country, NAMED_METRIC("revenue", (SUM(total))) FROM invoice GROUP BY billing_country
 * </pre>
 *
 * The name is there for the result's column; it is taken off again where names are resolved. Stateless.
 */
final class MeasureCalls {
    private static final Pattern CALL = Pattern.compile(
            "\\bMEASURE\\s*\\(\\s*(?:\"((?:[^\"]|\"\")+)\"|'((?:[^']|'')+)'|(\\w+))\\s*\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMED = Pattern.compile(MetricNames.FUNCTION + "\\(\"(?:[^\"]|\"\")+\", ");

    private MeasureCalls() {}

    /**
     * The statement with each metric's aggregate in its place.
     *
     * @param roles of the asker: a metric with one of them goes before one for everybody
     * @throws QueryException FUNCTION_NOT_FOUND for what is no metric
     */
    static String replaced(String sql, Ontology ontology, Collection<String> roles) {
        Matcher call = CALL.matcher(sql);
        StringBuilder text = new StringBuilder();
        int done = 0;
        while (call.find()) {
            if (SqlText.isCode(sql, call.start())) {
                Metric metric = metric(name(call), ontology, roles);
                text.append(sql, done, call.start())
                        .append(MetricNames.FUNCTION)
                        .append("(\"")
                        .append(metric.name().replace("\"", "\"\""))
                        .append("\", (")
                        .append(metric.sql())
                        .append("))");
                done = call.end();
            }
        }
        return text.append(sql, done, sql.length()).toString();
    }

    /** The text without the names, as a view keeps it. */
    static String unnamed(String sql) {
        return NAMED.matcher(sql).replaceAll("(");
    }

    private static String name(Matcher call) {
        if (call.group(1) != null) {
            return call.group(1).replace("\"\"", "\"");
        }
        return call.group(2) != null ? call.group(2).replace("''", "'") : call.group(3);
    }

    private static Metric metric(String name, Ontology ontology, Collection<String> roles) {
        List<Metric> named = ontology.metrics().stream()
                .filter(m -> isCalled(m, name))
                .filter(m -> m.roles().isEmpty() || holds(m, roles))
                .toList();
        Optional<Metric> own = named.stream().filter(m -> holds(m, roles)).findFirst();
        return own.or(() -> named.stream().findFirst()).orElseThrow(() -> unknown(name, ontology));
    }

    private static boolean holds(Metric metric, Collection<String> roles) {
        return metric.roles().stream().anyMatch(r -> roles.stream().anyMatch(r::equalsIgnoreCase));
    }

    /** {@code gross_margin} is "gross margin". */
    private static boolean isCalled(Metric metric, String name) {
        List<String> names = new ArrayList<>(metric.synonyms());
        names.add(metric.name());
        return names.stream()
                .anyMatch(n ->
                        n.equalsIgnoreCase(name) || n.replaceAll("\\W+", "_").equalsIgnoreCase(name));
    }

    private static QueryException unknown(String name, Ontology ontology) {
        List<String> names =
                ontology.metrics().stream().map(Metric::name).distinct().toList();
        return new QueryException(
                ErrorCode.FUNCTION_NOT_FOUND,
                "No metric '" + name + "' in the ontology"
                        + NearestName.to(name, names)
                                .map(n -> ". Did you mean '" + n + "'?")
                                .orElse(""));
    }
}
