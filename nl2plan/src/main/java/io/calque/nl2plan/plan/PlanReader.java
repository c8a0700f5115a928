package io.calque.nl2plan.plan;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.calque.spi.type.DataTypeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads the JSON of a document; a property left out counts as null. Used for one document. */
final class PlanReader {
    private String at = "";

    PlanDocument read(JsonNode json) {
        at = "The plan";
        String version = text(json, "version");
        if (!version.equals(PlanDocument.VERSION)) {
            throw PlanGraph.invalid("Plan version '" + version + "' is not '" + PlanDocument.VERSION + "'");
        }
        String interpretation = optional(json, "interpretation").orElse("");
        List<String> assumptions = texts(json, "assumptions");
        Optional<String> clarification = optional(json, "clarification");
        String root = text(json, "root");
        List<PlanNode> nodes = list(json, "nodes", this::node);
        return new PlanDocument(interpretation, assumptions, clarification, nodes, root);
    }

    private PlanNode node(JsonNode json) {
        at = "A node";
        String id = text(json, "id");
        at = "Node '" + id + "'";
        String op = text(json, "op");
        return switch (op) {
            case "scan" -> new PlanNode.Scan(id, text(json, "table"), columns(json));
            case "metric" -> new PlanNode.Metric(id, text(json, "metric"), texts(json, "groupBy"));
            case "filter" -> new PlanNode.Filter(id, input(json), text(json, "where"));
            case "project" -> new PlanNode.Project(id, input(json), columns(json));
            case "join" -> join(id, json);
            case "aggregate" ->
                new PlanNode.Aggregate(
                        id, input(json), texts(json, "groupBy"), list(json, "aggregates", this::aggregate));
            case "window" -> new PlanNode.Window(id, input(json), list(json, "windows", this::window));
            case "sort" ->
                new PlanNode.Sort(id, input(json), orderBy(json), number(json, "limit"), number(json, "offset"));
            case "distinct" -> new PlanNode.Distinct(id, input(json));
            case "union", "intersect", "minus" ->
                new PlanNode.SetOperation(
                        id,
                        choice(SetKind.class, op),
                        texts(json, "inputs"),
                        json.path("all").asBoolean() ? Duplicates.KEEP : Duplicates.REMOVE);
            case "values" -> values(id, json);
            default -> throw PlanGraph.invalid(at + " has an unknown op '" + op + "'");
        };
    }

    private PlanNode join(String id, JsonNode json) {
        List<String> inputs = texts(json, "inputs");
        if (inputs.size() != 2) {
            throw PlanGraph.invalid(at + " joins " + inputs.size() + " inputs instead of two");
        }
        return new PlanNode.Join(
                id,
                inputs.get(0),
                inputs.get(1),
                choice(JoinType.class, text(json, "joinType")),
                list(
                        json,
                        "on",
                        on -> new PlanNode.On(
                                text(on, "left"), comparison(optional(on, "op").orElse("=")), text(on, "right"))),
                optional(json, "where"));
    }

    private Comparison comparison(String sql) {
        return Arrays.stream(Comparison.values())
                .filter(c -> c.sql().equals(sql))
                .findFirst()
                .orElseThrow(() -> PlanGraph.invalid(at + " compares with '" + sql + "': use =, <>, <, <=, > or >="));
    }

    private AggregateCall aggregate(JsonNode json) {
        return new AggregateCall(
                choice(AggregateFunction.class, text(json, "fn")),
                optional(json, "arg"),
                json.path("distinct").asBoolean() ? Duplicates.REMOVE : Duplicates.KEEP,
                optional(json, "filter"),
                optional(json, "parameter"),
                text(json, "as"));
    }

    private WindowCall window(JsonNode json) {
        return new WindowCall(
                choice(WindowFunction.class, text(json, "fn")),
                optional(json, "arg"),
                number(json, "n"),
                texts(json, "partitionBy"),
                orderBy(json),
                optional(json, "frame"),
                text(json, "as"));
    }

    private PlanNode values(String id, JsonNode json) {
        List<PlanNode.TypedColumn> columns = list(json, "columns", column -> {
            try {
                return new PlanNode.TypedColumn(DataTypeText.parse(text(column, "expr")), text(column, "as"));
            } catch (QueryException e) {
                throw PlanGraph.invalid(at + ": " + e.getMessage());
            }
        });
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode row : json.path("rows")) {
            List<String> cells = new ArrayList<>();
            row.forEach(cell -> cells.add(cell.isNull() ? "NULL" : cell.asText()));
            if (cells.size() != columns.size()) {
                throw PlanGraph.invalid(
                        at + " has a row of " + cells.size() + " values for " + columns.size() + " columns");
            }
            rows.add(cells);
        }
        return new PlanNode.Values(id, columns, rows);
    }

    private List<PlanNode.Column> columns(JsonNode json) {
        return list(json, "columns", column -> new PlanNode.Column(text(column, "expr"), text(column, "as")));
    }

    private List<OrderKey> orderBy(JsonNode json) {
        return list(
                json,
                "orderBy",
                key -> new OrderKey(
                        text(key, "expr"),
                        key.path("desc").asBoolean() ? Direction.DESC : Direction.ASC,
                        optional(key, "nulls")
                                .map(nulls -> choice(Nulls.class, nulls))
                                .orElse(Nulls.DEFAULT)));
    }

    private String input(JsonNode json) {
        List<String> inputs = texts(json, "inputs");
        if (inputs.size() != 1) {
            throw PlanGraph.invalid(at + " reads " + inputs.size() + " inputs instead of one");
        }
        return inputs.get(0);
    }

    private String text(JsonNode json, String name) {
        return optional(json, name).orElseThrow(() -> PlanGraph.invalid(at + " lacks '" + name + "'"));
    }

    private Optional<String> optional(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isValueNode()) {
            throw PlanGraph.invalid(at + " has a '" + name + "' that is no text");
        }
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    private OptionalLong number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalLong.empty();
        }
        if (!value.canConvertToLong() || value.asLong() < 0) {
            throw PlanGraph.invalid(at + " has a '" + name + "' that is no count");
        }
        return OptionalLong.of(value.asLong());
    }

    private List<String> texts(JsonNode json, String name) {
        return list(json, name, JsonNode::asText);
    }

    private <T> List<T> list(JsonNode json, String name, Function<JsonNode, T> form) {
        JsonNode values = json.path(name);
        if (!values.isMissingNode() && !values.isNull() && !values.isArray()) {
            throw PlanGraph.invalid(at + " has a '" + name + "' that is no list");
        }
        List<T> list = new ArrayList<>();
        values.forEach(value -> list.add(form.apply(value)));
        return list;
    }

    private <E extends Enum<E>> E choice(Class<E> type, String written) {
        String name = written.toUpperCase(Locale.ROOT);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> PlanGraph.invalid(at + " says '" + written + "' where one of "
                        + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT) + " is allowed"));
    }
}
