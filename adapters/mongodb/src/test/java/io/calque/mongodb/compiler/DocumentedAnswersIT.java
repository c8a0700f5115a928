package io.calque.mongodb.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.mongodb.MongoFixture;
import io.calque.mongodb.pipeline.PipelineQuery;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.Verdict;
import io.calque.spi.source.Source;
import io.calque.testkit.rel.ReferenceEvaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What documented stages come to: our pipelines give SQL's answer where the stages do what MongoDB's manual says. That a server does it is
 * for its probe to see.
 */
class DocumentedAnswersIT {
    private static final TableDescriptor[] TABLES = {DocumentedPipelinesTest.ITEMS, DocumentedPipelinesTest.ORDERS};
    private static final Map<String, List<List<Object>>> ROWS = new HashMap<>();
    private static MongoFixture mongo;
    private static Source source;
    private static DocumentedStages stages;

    /** Values that tie, that are null and that are missing; a group without any value. */
    @BeforeAll
    static void start() {
        mongo = new MongoFixture();
        mongo.insert(
                "items",
                "{_id: 1, name: 'a', n: 3, price: {$numberDecimal: '1.50'}, at: {$date: '2020-01-01T00:00:00Z'}}",
                "{_id: 2, name: 'b', n: {$numberLong: '3'}, price: {$numberDecimal: '-2.00'}, at: {$date: '2020-01-01T00:00:00Z'}}",
                "{_id: 3, name: 'a', n: null, at: null}",
                "{_id: 4, name: 'a', price: {$numberDecimal: '1.5'}, at: {$date: '1969-12-31T23:59:59.999Z'}}",
                "{_id: 5, n: 1, price: {$numberDecimal: '7'}, at: {$date: '2021-01-01T00:00:00Z'}}",
                "{_id: 6, name: null, n: {$numberLong: '9223372036854775807'}, price: null}",
                "{_id: 7, name: '\\uD83D\\uDE00', n: {$numberLong: '9223372036854775807'}, price: {$numberDecimal: '0.01'}}",
                "{_id: 8, name: '\\uFF61', n: -5}",
                "{_id: 9, name: 'b', n: 7, price: {$numberDecimal: '3'}}");
        mongo.insert(
                "orders",
                "{_id: 1, item: 1, quantity: 2, note: 'x'}",
                "{_id: 2, item: 1, quantity: 5}",
                "{_id: 3, item: 2, quantity: null, note: 'a'}",
                "{_id: 4, quantity: 7, note: null}",
                "{_id: 5, item: 9, quantity: 7, note: 'b'}");
        source = mongo.source();
        stages = new DocumentedStages(mongo::collection);
        for (TableDescriptor table : TABLES) {
            String name = table.name().table();
            ROWS.put(
                    name,
                    MongoFixture.rows(
                            source, query(Fragments.over(TABLES).scan(name).build())));
        }
    }

    @AfterAll
    static void stop() {
        source.close();
        mongo.close();
    }

    /** Those whose pipelines are written down, and more. */
    static Stream<String> queries() throws IOException {
        Stream<String> written = Files.readAllLines(DocumentedPipelinesTest.GOLDEN).stream()
                .filter(line -> line.startsWith("SELECT") && (line.contains(" OVER ") || line.contains(" UNION ")));
        String[] functions = {
            "ROW_NUMBER() OVER (PARTITION BY name ORDER BY n, _id)",
            "RANK() OVER (ORDER BY name)",
            "RANK() OVER (ORDER BY name DESC NULLS LAST, n NULLS FIRST)",
            "RANK() OVER (PARTITION BY n ORDER BY price DESC)",
            "DENSE_RANK() OVER (ORDER BY \"at\" NULLS FIRST)",
            "DENSE_RANK() OVER (PARTITION BY name ORDER BY price, n DESC)",
            "DENSE_RANK() OVER (ORDER BY _id)",
            "SUM(n) OVER (ORDER BY name)",
            "SUM(price) OVER (ORDER BY n DESC NULLS LAST RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)",
            "SUM(price) OVER (PARTITION BY name ORDER BY n RANGE BETWEEN CURRENT ROW AND CURRENT ROW)",
            "SUM(n) OVER (ORDER BY _id ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING)",
            "SUM(_id) OVER (ORDER BY _id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)",
            "SUM(_id) OVER (PARTITION BY name)",
            "COUNT(*) OVER (ORDER BY n)",
            "COUNT(price) OVER (PARTITION BY name ORDER BY n NULLS FIRST)",
            "COUNT(n) OVER ()",
            "MIN(price) OVER (ORDER BY _id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)",
            "MAX(\"at\") OVER (PARTITION BY n ORDER BY name)",
            "MAX(name) OVER (ORDER BY _id)",
            "MIN(name) OVER (ORDER BY _id ROWS BETWEEN 3 PRECEDING AND 2 PRECEDING)",
            "FIRST_VALUE(price) OVER (PARTITION BY name ORDER BY _id)",
            "LAST_VALUE(n) OVER (ORDER BY _id)",
            "LAST_VALUE(n) OVER (PARTITION BY name ORDER BY _id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)",
            "FIRST_VALUE(name) OVER (ORDER BY _id ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING)",
            "LAG(price) OVER (PARTITION BY name ORDER BY _id)",
            "LAG(COALESCE(name, 'no name'), 2, 'none') OVER (ORDER BY _id DESC)",
            "LEAD(n, 0) OVER (ORDER BY _id)",
            "LEAD(\"at\") OVER (PARTITION BY n ORDER BY _id)",
            "SUM(CASE WHEN n > 2 THEN 1 ELSE 0 END) OVER (PARTITION BY COALESCE(name, 'none') ORDER BY COALESCE(n, 0))"
        };
        return Stream.concat(written, Stream.of(functions).map(f -> "SELECT _id, " + f + " AS v FROM items"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void giveTheAnswerOfSql(String sql) {
        RelNode fragment = Fragments.split(Fragments.of(sql, TABLES));
        assertThat(new MongoCapabilities().operator(fragment)).isEqualTo(Verdict.yes());
        PipelineQuery query = query(fragment);
        String stored = stages.stored(query.collection(), query.stages());
        PipelineQuery read = new PipelineQuery(
                query.source(),
                query.database(),
                query.databaseForm(),
                stored,
                List.of(DocumentedStages.unwrapped()),
                query.fields(),
                query.whenEmpty());
        List<List<Object>> expected =
                new ReferenceEvaluator(table -> ROWS.get(table.name().table()), List.of()).rows(fragment);
        assertThat(MongoFixture.rows(source, read)).as(query.text()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static PipelineQuery query(RelNode fragment) {
        return (PipelineQuery) new PipelineCompiler(DocumentedPipelinesTest.CRM, Optional.of("shop")).compile(fragment);
    }
}
