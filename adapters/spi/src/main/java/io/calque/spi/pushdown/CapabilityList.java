package io.calque.spi.pushdown;

import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.Capability.State;
import io.calque.spi.pushdown.Capability.Use;
import io.calque.spi.source.ParameterSlot;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.jspecify.annotations.Nullable;

/**
 * Capabilities as a list: what stands in it may be pushed where its rule agrees, everything else is refused by name.
 * Immutable once built, thread-safe.
 */
public final class CapabilityList implements Capabilities {
    private final String product;
    private final Map<Class<? extends RelNode>, Function<RelNode, Verdict>> operators;
    private final Map<String, ExpressionRule> functions;
    private final Map<String, AggregateRule> aggregates;
    private final BiFunction<RelNode, Integer, Verdict> column;
    private final Function<RexLiteral, Verdict> literal;
    private final Function<RexDynamicParam, Verdict> parameter;
    private final BiFunction<Sort, RelFieldCollation, Verdict> sortKey;
    private final Map<Use, Capability> lines;
    private final boolean keySets;
    private final boolean keyTuples;

    private CapabilityList(Builder builder) {
        this.product = builder.product;
        this.operators = Map.copyOf(builder.operators);
        this.functions = Map.copyOf(builder.functions);
        this.aggregates = Map.copyOf(builder.aggregates);
        this.column = builder.column;
        this.literal = builder.literal;
        this.parameter = builder.parameter;
        this.sortKey = builder.sortKey;
        this.keySets = builder.keySets;
        this.keyTuples = builder.keyTuples;
        this.lines = Collections.unmodifiableMap(new TreeMap<>(builder.lines));
    }

    /**
     * @param product how reasons name the source: "MongoDB"
     */
    public static Builder of(String product) {
        return new Builder(product);
    }

    @Override
    public Verdict operator(RelNode node) {
        if (node instanceof TableScan) {
            return Verdict.yes();
        }
        Function<RelNode, Verdict> rule = operators.entrySet().stream()
                .filter(e -> e.getKey().isInstance(node))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(n -> unlisted(new Use(Kind.OPERATOR, FragmentUses.name(n))));
        return rule.apply(node).and(() -> contents(node));
    }

    private Verdict contents(RelNode node) {
        if (node instanceof Filter filter) {
            return expression(filter.getCondition(), filter.getInput());
        }
        if (node instanceof Project project) {
            return all(project.getProjects(), e -> expression(e, project.getInput()));
        }
        if (node instanceof Join join) {
            return expression(join.getCondition(), join);
        }
        if (node instanceof Aggregate aggregate) {
            return all(aggregate.getAggCallList(), call -> aggregateCall(call, aggregate));
        }
        if (node instanceof Sort sort) {
            return all(sort.getCollation().getFieldCollations(), key -> sortKey.apply(sort, key))
                    .and(() -> bound(sort.fetch, sort))
                    .and(() -> bound(sort.offset, sort));
        }
        return Verdict.yes();
    }

    private Verdict bound(@Nullable RexNode bound, Sort sort) {
        return bound == null ? Verdict.yes() : expression(bound, sort.getInput());
    }

    private Verdict aggregateCall(AggregateCall call, Aggregate aggregate) {
        String name = key(call.getAggregation().getName());
        AggregateRule rule = aggregates.get(name);
        if (rule != null) {
            return rule.check(call, aggregate);
        }
        return unlisted(new Use(Kind.AGGREGATE, name));
    }

    /** What hashes or sorts keys may be sent any number. */
    @Override
    public int untriedKeys() {
        return Integer.MAX_VALUE;
    }

    /**
     * {@inheritDoc}
     *
     * @param input for a join condition, the join itself: its row type is what the condition's references index
     */
    @Override
    public Verdict expression(RexNode expression, RelNode input) {
        if (expression instanceof RexInputRef ref) {
            return column.apply(input, ref.getIndex());
        }
        if (expression instanceof RexLiteral value) {
            return literal.apply(value);
        }
        if (expression instanceof RexDynamicParam value) {
            if (ParameterSlot.isKeys(value.getIndex()) && !keySets) {
                return Verdict.no(product + " is sent no sets of keys");
            }
            return parameter.apply(value);
        }
        if (expression instanceof RexOver) {
            return Verdict.no(product + " is not asked for window functions");
        }
        if (KeyTuples.is(expression)) {
            return keyTuples
                    ? all(((RexCall) expression).getOperands(), o -> expression(o, input))
                    : Verdict.no(product + " is sent no keys of several columns");
        }
        if (expression instanceof RexCall call) {
            String name = key(call.getOperator().getName());
            ExpressionRule rule = functions.get(name);
            if (rule == null) {
                return unlisted(new Use(Kind.FUNCTION, name));
            }
            return rule.check(call, input).and(() -> all(call.getOperands(), o -> expression(o, input)));
        }
        return Verdict.no(product + " is not asked for " + expression);
    }

    private static <T> Verdict all(Iterable<T> parts, Function<T, Verdict> check) {
        for (T part : parts) {
            Verdict verdict = check.apply(part);
            if (!verdict.allowed()) {
                return verdict;
            }
        }
        return Verdict.yes();
    }

    private Verdict unlisted(Use use) {
        Capability line = lines.get(use);
        return Verdict.no(
                line == null || line.note().isEmpty() ? product + " is not asked for " + use.name() : line.note());
    }

    @Override
    public List<Capability> list() {
        return List.copyOf(lines.values());
    }

    private static String key(String operatorName) {
        return operatorName.toUpperCase(Locale.ROOT);
    }

    /** Collects what a source can do. Single-threaded. */
    public static final class Builder {
        private static final String[] SORTS = {
            "ASC NULLS FIRST", "ASC NULLS LAST", "DESC NULLS FIRST", "DESC NULLS LAST", "LIMIT", "OFFSET"
        };
        private static final String[] AGGREGATES = {"AGGREGATE", "GROUP BY", "DISTINCT", "AGGREGATE FILTER"};

        private final String product;
        private final Map<Class<? extends RelNode>, Function<RelNode, Verdict>> operators = new HashMap<>();
        private final Map<String, ExpressionRule> functions = new HashMap<>();
        private final Map<String, AggregateRule> aggregates = new HashMap<>();
        private final Map<Use, Capability> lines = new HashMap<>();
        private BiFunction<RelNode, Integer, Verdict> column = (rel, index) -> Verdict.yes();
        private Function<RexLiteral, Verdict> literal = value -> Verdict.yes();
        private Function<RexDynamicParam, Verdict> parameter = value -> Verdict.yes();
        private BiFunction<Sort, RelFieldCollation, Verdict> sortKey = (sort, key) -> Verdict.yes();

        private boolean keySets;
        private boolean keyTuples;

        private Builder(String product) {
            this.product = product;
        }

        /**
         * A relational operator, wherever {@code rule} agrees; its expressions are checked apart. Filters, projections, sorts and aggregates
         * are listed with their usual forms; joins, set operations and windows by {@link #proven}.
         */
        public <R extends RelNode> Builder operator(Class<R> kind, Function<? super R, Verdict> rule) {
            operators.put(kind, node -> rule.apply(kind.cast(node)));
            if (kind == Filter.class) {
                return proven(Kind.OPERATOR, "FILTER");
            }
            if (kind == Project.class) {
                return proven(Kind.OPERATOR, "PROJECT");
            }
            if (kind == Sort.class) {
                return proven(Kind.SORT, SORTS);
            }
            return kind == Aggregate.class ? proven(Kind.OPERATOR, AGGREGATES) : this;
        }

        /** Lists what is pushed and held by the contract suite, where no method beside this one does. The last word on a name counts. */
        public Builder proven(Kind kind, String... names) {
            return lines(kind, State.PROVEN, "", names);
        }

        /** Lists what is written from documentation and off. */
        public Builder documented(Kind kind, String note, String... names) {
            return lines(kind, State.DOCUMENTED, note, names);
        }

        /** Lists what is never pushed; {@code reason} is the verdict on functions, aggregates and operators that have no rule. */
        public Builder refused(Kind kind, String reason, String... names) {
            return lines(kind, State.REFUSED, reason, names);
        }

        private Builder lines(Kind kind, State state, String note, String... names) {
            for (String name : names) {
                Use use = new Use(kind, name);
                lines.put(use, new Capability(use, state, note));
            }
            return this;
        }

        public Builder operator(Class<? extends RelNode> kind) {
            return operator(kind, node -> Verdict.yes());
        }

        /** Scalar operators by Calcite's name, without case: {@code "="}, {@code "LIKE"}, {@code "CAST"}. */
        public Builder functions(ExpressionRule rule, String... names) {
            for (String name : names) {
                functions.put(key(name), rule);
            }
            return proven(Kind.FUNCTION, names);
        }

        /** Aggregate functions by Calcite's name, without case. */
        public Builder aggregates(AggregateRule rule, String... names) {
            for (String name : names) {
                aggregates.put(key(name), rule);
            }
            return proven(Kind.AGGREGATE, names);
        }

        /** Which columns may be read inside an expression, by the row they belong to and their index. */
        public Builder columns(BiFunction<RelNode, Integer, Verdict> rule) {
            column = rule;
            return this;
        }

        public Builder literals(Function<RexLiteral, Verdict> rule) {
            literal = rule;
            return this;
        }

        public Builder parameters(Function<RexDynamicParam, Verdict> rule) {
            parameter = rule;
            return this;
        }

        public Builder sortKeys(BiFunction<Sort, RelFieldCollation, Verdict> rule) {
            sortKey = rule;
            return this;
        }

        /** Parameters may be sets of keys; see {@link ParameterSlot#isKeys()}. */
        public Builder keySets() {
            keySets = true;
            return this;
        }

        /** Keys may have several columns; see {@link KeyTuples}. */
        public Builder keyTuples() {
            keyTuples = true;
            return keySets();
        }

        public CapabilityList build() {
            return new CapabilityList(this);
        }
    }
}
