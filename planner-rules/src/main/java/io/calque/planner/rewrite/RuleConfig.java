package io.calque.planner.rewrite;

import java.util.function.Function;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * Configuration of a rule of ours: what it matches and how it is made. Immutable.
 *
 * @param <R> the rule
 */
public record RuleConfig<R extends RelOptRule>(
        String description,
        RelBuilderFactory relBuilderFactory,
        RelRule.OperandTransform operandSupplier,
        Function<RuleConfig<R>, R> maker)
        implements RelRule.Config {

    public static <R extends RelOptRule> RuleConfig<R> of(
            String description, RelRule.OperandTransform operands, Function<RuleConfig<R>, R> maker) {
        return new RuleConfig<>(description, RelFactories.LOGICAL_BUILDER, operands, maker);
    }

    @Override
    public RuleConfig<R> withDescription(String newDescription) {
        return new RuleConfig<>(newDescription, relBuilderFactory, operandSupplier, maker);
    }

    @Override
    public RuleConfig<R> withRelBuilderFactory(RelBuilderFactory factory) {
        return new RuleConfig<>(description, factory, operandSupplier, maker);
    }

    @Override
    public RuleConfig<R> withOperandSupplier(RelRule.OperandTransform operands) {
        return new RuleConfig<>(description, relBuilderFactory, operands, maker);
    }

    @Override
    public R toRule() {
        return maker.apply(this);
    }
}
