package io.calque.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function0;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.MethodCallExpression;
import org.apache.calcite.linq4j.tree.Shuttle;

/**
 * Has the groups of a stock aggregate charged to the query: how many there are is only seen inside. Single use.
 *
 * <p>Before: {@code rows.groupBy(key, initializer, adder, result)}; after: {@code rows.groupBy(runtime.groupKeys(7, key), runtime.groups(7,
 * initializer), adder, result)}. Aggregates further down stand in the same code; theirs are charged already and left alone.
 */
final class ChargedGroups extends Shuttle {
    private final Expression operator;

    private ChargedGroups(int operator) {
        this.operator = Expressions.constant(operator);
    }

    static BlockStatement in(BlockStatement code, int operator) {
        return code.accept(new ChargedGroups(operator));
    }

    @Override
    public Expression visit(MethodCallExpression call, Expression target, List<Expression> arguments) {
        if (isOurs(call)) {
            return super.visit(call, target, arguments);
        }
        return switch (call.method.getName()) {
            case "groupBy" -> charged(call, target, arguments, 0, 1);
            // its keys are many selectors in a list; groups are charged without them
            case "groupByMultiple" -> charged(call, target, arguments, -1, 2);
            case "distinct" ->
                RuntimeCalls.call(
                        "distinct",
                        operator,
                        Expressions.convert_(target, Enumerable.class),
                        arguments.isEmpty() ? Expressions.constant(null) : arguments.get(0));
            default -> super.visit(call, target, arguments);
        };
    }

    private Expression charged(
            MethodCallExpression call, Expression target, List<Expression> arguments, int key, int initializer) {
        if (isOurs(arguments.get(initializer))) {
            return super.visit(call, target, arguments);
        }
        List<Expression> replaced = new ArrayList<>(arguments);
        replaced.set(initializer, watched("groups", arguments.get(initializer), Function0.class));
        if (key >= 0) {
            replaced.set(key, watched("groupKeys", arguments.get(key), Function1.class));
        }
        return Expressions.call(target, call.method, replaced);
    }

    private Expression watched(String method, Expression function, Class<?> type) {
        return RuntimeCalls.call(method, operator, Expressions.convert_(function, type));
    }

    private static boolean isOurs(Expression argument) {
        return argument instanceof MethodCallExpression call
                && call.method.getDeclaringClass() == FragmentRuntime.class;
    }
}
