package io.calque.nl2plan.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;

/** The canonical JSON of a document: every property of the schema in its order, null where it does not apply. Stateless. */
final class PlanWriter implements PlanVisitor<ObjectNode> {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static ObjectNode write(PlanDocument plan) {
        ObjectNode json = JSON.objectNode();
        json.put("version", PlanDocument.VERSION);
        json.put("interpretation", plan.interpretation());
        json.set("assumptions", texts(plan.assumptions()));
        json.put("clarification", plan.clarification().orElse(null));
        ArrayNode nodes = json.putArray("nodes");
        plan.nodes().forEach(node -> nodes.add(node.accept(new PlanWriter())));
        json.put("root", plan.root());
        return json;
    }

    private static ObjectNode empty(PlanNode node, String op) {
        ObjectNode json = JSON.objectNode();
        json.put("id", node.id());
        json.put("op", op);
        json.set("inputs", texts(node.inputs()));
        json.putNull("table");
        json.putNull("metric");
        json.putNull("joinType");
        json.putArray("on");
        json.putNull("where");
        json.putArray("columns");
        json.putArray("groupBy");
        json.putArray("aggregates");
        json.putArray("windows");
        json.putArray("orderBy");
        json.putNull("limit");
        json.putNull("offset");
        json.putNull("all");
        json.putArray("rows");
        return json;
    }

    @Override
    public ObjectNode scan(PlanNode.Scan node) {
        ObjectNode json = empty(node, "scan");
        json.put("table", node.table());
        json.set("columns", columns(node.columns()));
        return json;
    }

    @Override
    public ObjectNode metric(PlanNode.Metric node) {
        ObjectNode json = empty(node, "metric");
        json.put("metric", node.metric());
        json.set("groupBy", texts(node.groupBy()));
        return json;
    }

    @Override
    public ObjectNode filter(PlanNode.Filter node) {
        return empty(node, "filter").put("where", node.where());
    }

    @Override
    public ObjectNode project(PlanNode.Project node) {
        ObjectNode json = empty(node, "project");
        json.set("columns", columns(node.columns()));
        return json;
    }

    @Override
    public ObjectNode join(PlanNode.Join node) {
        ObjectNode json = empty(node, "join");
        json.put("joinType", lower(node.type()));
        json.set(
                "on",
                list(
                        node.on(),
                        on -> JSON.objectNode()
                                .put("left", on.left())
                                .put("op", on.comparison().sql())
                                .put("right", on.right())));
        json.put("where", node.where().orElse(null));
        return json;
    }

    @Override
    public ObjectNode aggregate(PlanNode.Aggregate node) {
        ObjectNode json = empty(node, "aggregate");
        json.set("groupBy", texts(node.groupBy()));
        json.set(
                "aggregates",
                list(
                        node.aggregates(),
                        call -> JSON.objectNode()
                                .put("fn", lower(call.function()))
                                .put("arg", call.argument().orElse(null))
                                .put("distinct", call.duplicates() == PlanNode.Duplicates.REMOVE)
                                .put("filter", call.filter().orElse(null))
                                .put("parameter", call.parameter().orElse(null))
                                .put("as", call.as())));
        return json;
    }

    @Override
    public ObjectNode window(PlanNode.Window node) {
        ObjectNode json = empty(node, "window");
        json.set("windows", list(node.windows(), PlanWriter::windowCall));
        return json;
    }

    private static ObjectNode windowCall(PlanNode.WindowCall call) {
        ObjectNode json = JSON.objectNode()
                .put("fn", lower(call.function()))
                .put("arg", call.argument().orElse(null));
        put(json, "n", call.n());
        json.set("partitionBy", texts(call.partitionBy()));
        json.set("orderBy", orderBy(call.orderBy()));
        return json.put("frame", call.frame().orElse(null)).put("as", call.as());
    }

    @Override
    public ObjectNode sort(PlanNode.Sort node) {
        ObjectNode json = empty(node, "sort");
        json.set("orderBy", orderBy(node.orderBy()));
        put(json, "limit", node.limit());
        put(json, "offset", node.offset());
        return json;
    }

    @Override
    public ObjectNode distinct(PlanNode.Distinct node) {
        return empty(node, "distinct");
    }

    @Override
    public ObjectNode setOperation(PlanNode.SetOperation node) {
        return empty(node, lower(node.kind())).put("all", node.duplicates() == PlanNode.Duplicates.KEEP);
    }

    @Override
    public ObjectNode values(PlanNode.Values node) {
        ObjectNode json = empty(node, "values");
        json.set(
                "columns",
                list(
                        node.columns(),
                        column -> JSON.objectNode()
                                .put("expr", column.type().toString())
                                .put("as", column.as())));
        ArrayNode rows = json.putArray("rows");
        node.rows().forEach(row -> rows.add(texts(row)));
        return json;
    }

    private static ArrayNode columns(List<PlanNode.Column> columns) {
        return list(
                columns,
                column -> JSON.objectNode().put("expr", column.expression()).put("as", column.as()));
    }

    private static ArrayNode orderBy(List<PlanNode.OrderKey> keys) {
        return list(
                keys,
                key -> JSON.objectNode()
                        .put("expr", key.expression())
                        .put("desc", key.direction() == PlanNode.Direction.DESC)
                        .put("nulls", key.nulls() == PlanNode.Nulls.DEFAULT ? null : lower(key.nulls())));
    }

    private static <T> ArrayNode list(List<T> values, Function<T, ObjectNode> form) {
        ArrayNode list = JSON.arrayNode();
        values.forEach(value -> list.add(form.apply(value)));
        return list;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode list = JSON.arrayNode();
        texts.forEach(list::add);
        return list;
    }

    private static void put(ObjectNode json, String name, OptionalLong value) {
        json.set(name, value.isPresent() ? JSON.numberNode(value.getAsLong()) : JSON.nullNode());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
