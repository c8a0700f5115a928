package io.calque.nl2plan.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.calque.nl2plan.plan.PlanNode.AggregateCall;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.plan.PlanNode.Duplicates;
import io.calque.nl2plan.plan.PlanNode.JoinType;
import io.calque.nl2plan.plan.PlanNode.Nulls;
import io.calque.nl2plan.plan.PlanNode.OrderKey;
import io.calque.nl2plan.plan.PlanNode.SetKind;
import io.calque.nl2plan.plan.PlanNode.WindowCall;
import io.calque.nl2plan.plan.PlanNode.WindowFunction;
import io.calque.spi.QueryException;
import io.calque.spi.type.DataType;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A document with a node of every kind. */
    static PlanDocument everyNode() {
        List<PlanNode> nodes = List.of(
                new PlanNode.Scan("o", "shop.public.orders", List.of(new PlanNode.Column("\"id\"", "order_id"))),
                new PlanNode.Metric("m", "revenue", List.of("month")),
                new PlanNode.Values(
                        "v",
                        List.of(
                                new PlanNode.TypedColumn(DataType.INTEGER, "n"),
                                new PlanNode.TypedColumn(DataType.decimal(10, 2), "d")),
                        List.of(List.of("1", "2.50"), List.of("NULL", "0.00"))),
                new PlanNode.Filter("f", "o", "\"order_id\" > 10"),
                new PlanNode.Join(
                        "j",
                        "f",
                        "v",
                        JoinType.LEFT,
                        List.of(new PlanNode.On("order_id", Comparison.GE, "n")),
                        Optional.of("\"d\" > 1")),
                new PlanNode.Project("p", "j", List.of(new PlanNode.Column("\"d\" * 2", "twice"))),
                new PlanNode.Aggregate(
                        "a",
                        "p",
                        List.of("twice"),
                        List.of(
                                AggregateCall.of(AggregateFunction.COUNT, Optional.empty(), "rows"),
                                new AggregateCall(
                                        AggregateFunction.PERCENTILE_CONT,
                                        Optional.of("\"twice\""),
                                        Duplicates.REMOVE,
                                        Optional.of("\"twice\" > 0"),
                                        Optional.of("0.9"),
                                        "p90"))),
                new PlanNode.Window(
                        "w",
                        "a",
                        List.of(new WindowCall(
                                WindowFunction.NTILE,
                                Optional.empty(),
                                OptionalLong.of(4),
                                List.of("rows"),
                                List.of(new OrderKey("\"twice\"", Direction.DESC, Nulls.LAST)),
                                Optional.of("ROWS UNBOUNDED PRECEDING"),
                                "quarter"))),
                new PlanNode.Distinct("d", "w"),
                new PlanNode.SetOperation("u", SetKind.UNION, List.of("d", "w"), Duplicates.KEEP),
                new PlanNode.Sort(
                        "s",
                        "u",
                        List.of(OrderKey.of("\"rows\"", Direction.ASC)),
                        OptionalLong.of(5),
                        OptionalLong.of(2)));
        return new PlanDocument("orders", List.of("paid ones"), Optional.of("which year?"), nodes, "s");
    }

    @Test
    void readsBackWhatItWrote() {
        PlanDocument plan = everyNode();
        String json = PlanJson.write(plan);
        assertThat(PlanJson.read(json)).isEqualTo(plan);
        assertThat(PlanJson.write(PlanJson.read(json))).isEqualTo(json);
    }

    @Test
    void writesWhatTheSchemaRequiresAndNothingElse() throws Exception {
        JsonNode schema = schema();
        JsonNode nodeSchema = schema.path("properties").path("nodes").path("items");
        JsonNode plan = JSON.readTree(PlanJson.write(everyNode()));
        assertThat(names(plan)).isEqualTo(texts(schema.path("required")));
        plan.path("nodes").forEach(node -> {
            assertThat(names(node)).isEqualTo(texts(nodeSchema.path("required")));
            for (String list : List.of("on", "columns", "aggregates", "windows", "orderBy")) {
                JsonNode item = nodeSchema.path("properties").path(list).path("items");
                node.path(list).forEach(entry -> assertThat(names(entry)).isEqualTo(texts(item.path("required"))));
            }
            assertThat(texts(nodeSchema.path("properties").path("op").path("enum")))
                    .contains(node.path("op").asText());
        });
    }

    @Test
    void schemaAllowsTheFunctionsThereAre() throws Exception {
        JsonNode node = schema().path("properties").path("nodes").path("items").path("properties");
        assertThat(texts(node.path("aggregates")
                        .path("items")
                        .path("properties")
                        .path("fn")
                        .path("enum")))
                .isEqualTo(names(AggregateFunction.values()));
        assertThat(texts(node.path("windows")
                        .path("items")
                        .path("properties")
                        .path("fn")
                        .path("enum")))
                .isEqualTo(names(WindowFunction.values()));
        assertThat(texts(node.path("joinType").path("enum"))).containsAll(names(JoinType.values()));
    }

    @Test
    void namesTheNodeThatIsWrong() {
        String json = PlanJson.write(everyNode());
        assertFails(json.replace("\"filter\"", "\"filler\""), "Node 'f' has an unknown op 'filler'");
        assertFails(json.replace("\"version\" : \"1\"", "\"version\" : \"2\""), "Plan version '2' is not '1'");
        assertFails(json.replace("\"root\" : \"s\"", "\"root\" : \"x\""), "The root 'x' is no node");
        assertFails(json.replace("\"left\",", "\"sideways\","), "Node 'j' says 'sideways'");
        assertFails("{", "The plan is not JSON");
    }

    @Test
    void refusesAGraphThatIsNotInOrder() {
        PlanNode scan = new PlanNode.Scan("a", "t", List.of());
        PlanNode filter = new PlanNode.Filter("b", "a", "TRUE");
        assertThatThrownBy(() -> new PlanDocument("", List.of(), Optional.empty(), List.of(filter, scan), "b"))
                .hasMessageContaining("Node 'b' reads 'a', which must stand before it");
        assertThatThrownBy(() -> new PlanDocument("", List.of(), Optional.empty(), List.of(filter), "b"))
                .hasMessageContaining("Node 'b' reads 'a', which does not exist");
        assertThatThrownBy(() -> new PlanDocument("", List.of(), Optional.empty(), List.of(scan, scan), "a"))
                .hasMessageContaining("Two nodes have the id 'a'");
    }

    private static void assertFails(String json, String message) {
        assertThatThrownBy(() -> PlanJson.read(json))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining(message);
    }

    private static JsonNode schema() throws Exception {
        try (InputStream in = PlanJson.class.getResourceAsStream("/io/calque/nl2plan/plan-schema.json")) {
            return JSON.readTree(in);
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> names(Enum<?>... values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> texts(JsonNode list) {
        return Stream.iterate(0, i -> i + 1)
                .limit(list.size())
                .filter(i -> !list.get(i).isNull())
                .map(i -> list.get(i).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
