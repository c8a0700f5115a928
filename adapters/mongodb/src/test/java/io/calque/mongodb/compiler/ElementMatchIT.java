package io.calque.mongodb.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.mongodb.MongoFixture;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.Verdict;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Source;
import io.calque.testkit.rel.ReferenceEvaluator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.rules.CoreRules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents whose arrays have, or have not, an element that meets a condition: as MongoDB finds them and as a join does. */
class ElementMatchIT {
    private static final Map<String, List<List<Object>>> ROWS = new HashMap<>();
    private static MongoFixture mongo;
    private static Source source;
    private static TableDescriptor[] tables;

    /** Arrays that are missing, null and empty, and what stands where others have an array; elements that are no documents. */
    @BeforeAll
    static void start() {
        mongo = new MongoFixture();
        mongo.insert(
                "t",
                "{_id: 1, a: 1, items: [{k: 1, s: 'x', d: {$numberDecimal: '1.5'}, b: true}, {k: 2, s: 'y'}]}",
                "{_id: 2, a: 2, items: [{k: 1, s: 'y'}, {k: 2, s: 'x', b: false}]}",
                "{_id: 3, a: 3, items: []}",
                "{_id: 4, items: null}",
                "{_id: 5, a: 5}",
                "{_id: 6, a: 1, items: {k: 1, s: 'x', b: true}}",
                "{_id: 7, a: 2, items: {k: 2, s: null}}",
                "{_id: 8, a: null, items: [null]}",
                "{_id: 9, a: 9, items: [{k: null, s: 'x'}, {}]}",
                "{_id: 10, a: 1, items: [{s: '\\uD83D\\uDE00', k: {$numberLong: '9223372036854775807'}}]}",
                "{_id: 11, a: 7, items: {'0': 1, k: 1}}",
                "{_id: 12, a: 1, items: [{k: 1, s: 'x'}, {k: 1, s: 'x'}]}",
                "{_id: 13, items: [null, {k: 3, s: 'z', d: {$numberDecimal: '-2'}}]}");
        source = mongo.source();
        tables = MongoFixture.observe(source).tables().stream()
                .map(TableDescriptor::shape)
                .toArray(TableDescriptor[]::new);
        for (TableDescriptor table : tables) {
            String name = table.name().table();
            NativeQuery all =
                    source.compiler().compile(Fragments.over(tables).scan(name).build());
            ROWS.put(name, MongoFixture.rows(source, all));
        }
    }

    @AfterAll
    static void stop() {
        source.close();
        mongo.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "TRUE; {$size: {$cond:",
                "i.k = 1; {\"items.k\": 1}",
                "i.k IN (2, 3); {\"items.k\": {$in: [2, 3]}}",
                "i.k > 1; {\"items.k\": {$gt: 1}}",
                "i.s LIKE 'x%'; {\"items.s\": /^x/s}",
                "i.k = 1 AND i.s = 'x'; {items: {$elemMatch: {k: 1, s: \"x\"}}}",
                "i.k > 1 AND i.k < 3; {items: {$elemMatch: {k: {$gt: 1, $lt: 3}}}}",
                "i.k = 1 AND i.s <> 'x'; {items: {$elemMatch: {k: 1, s: {$nin: [\"x\", null]}}}}",
                "i.k <> 1; {items: {$elemMatch: {k: {$nin: [1, null]}}}}",
                "i.k = 1 OR i.s = 'y'; {items: {$elemMatch: {$or: [{k: 1}, {s: \"y\"}]}}}",
                "i.k = 1 AND (i.s = 'y' OR i.s IS NULL); {items: {$elemMatch: {k: 1, s: {$in: [null, \"y\"]}}}}",
                "i.b; {\"items.b\": true}",
                "NOT i.b; {\"items.b\": false}",
                "i.d >= 1.5; {\"items.d\": {$gte: NumberDecimal(\"1.5\")}}",
                "i.k IS NOT NULL; {items: {$elemMatch: {k: {$ne: null}}}}",
                "i.s IS NULL; {$filter: {input: {$cond:",
                "i.k IS NULL AND i.s = 'x'; {items: {$elemMatch: {k: null, s: \"x\"}}}",
                "i.b IS NOT TRUE; {$filter: {input: {$cond:",
                "i.k = t.a; {$filter: {input: {$cond:",
                "i.k = 1 AND i.k < t.a; {$filter: {input: {$cond:",
                "i.t_id > 5 AND i.k = 1; {$filter: {input: {$cond:",
                "i.s IN ('x', 'z') AND i.s NOT LIKE 'z%'; {items: {$elemMatch:"
            })
    void findsTheDocumentsOfTheJoin(String condition, String said) {
        for (JoinRelType type : List.of(JoinRelType.SEMI, JoinRelType.ANTI)) {
            RelNode join = join(condition, type);
            assertThat(new MongoCapabilities().operator(join)).as(condition).isEqualTo(Verdict.yes());
            NativeQuery query = source.compiler().compile(join);
            assertThat(query.text()).contains(said.trim()).doesNotContain("$lookup", "$unwind");
            assertThat(MongoFixture.rows(source, query))
                    .as(query.text())
                    .containsExactlyInAnyOrderElementsOf(expected(join));
        }
    }

    @Test
    void refusesThePlaceOfAnElement() {
        assertThat(new MongoCapabilities().operator(join("i.pos = 1", JoinRelType.SEMI)))
                .isEqualTo(Verdict.no("pipelines cannot name the field pos"));
    }

    private static List<List<Object>> expected(RelNode join) {
        return new ReferenceEvaluator(table -> ROWS.get(table.name().table()), List.of()).rows(join);
    }

    /** As the planner joins: what concerns one side alone filters it first. */
    private static RelNode join(String condition, JoinRelType type) {
        String sql = "SELECT t.a FROM t JOIN \"t.items\" i ON t._id = i.t_id AND (" + condition + ")";
        LogicalJoin inner = (LogicalJoin) Fragments.of(sql, tables).getInput(0);
        RelNode join =
                inner.copy(inner.getTraitSet(), inner.getCondition(), inner.getLeft(), inner.getRight(), type, false);
        HepPlanner planner = new HepPlanner(HepProgram.builder()
                .addRuleInstance(CoreRules.JOIN_CONDITION_PUSH)
                .build());
        planner.setRoot(join);
        return planner.findBestExp();
    }
}
