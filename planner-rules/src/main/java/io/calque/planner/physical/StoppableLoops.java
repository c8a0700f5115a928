package io.calque.planner.physical;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.DeclarationStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.ForStatement;
import org.apache.calcite.linq4j.tree.MethodCallExpression;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.linq4j.tree.Shuttle;
import org.apache.calcite.linq4j.tree.Statement;
import org.apache.calcite.linq4j.tree.WhileStatement;

/**
 * Lets the loops of a stock window see that the query was stopped: a frame is walked again for every row, and pulls none meanwhile. Single
 * use.
 *
 * <p>Before: {@code for (j = start; j <= end; j++) {...}}; after: {@code for (...) {running.checkRunning(); ...}}. Comparators that sort
 * partitions are wrapped, too.
 */
final class StoppableLoops extends Shuttle {
    private final ParameterExpression running;

    private StoppableLoops(ParameterExpression running) {
        this.running = running;
    }

    static BlockStatement in(BlockStatement code, int operator) {
        // windows may stand in each other's code, each with a variable of its own
        ParameterExpression running = Expressions.parameter(FragmentRuntime.class, "running" + operator);
        List<Statement> statements = new ArrayList<>();
        statements.add(Expressions.declare(Modifier.FINAL, running, RuntimeCalls.runtime()));
        statements.addAll(code.accept(new StoppableLoops(running)).statements);
        return Expressions.block(statements);
    }

    private Statement checked(Statement body) {
        return Expressions.block(
                Expressions.statement(Expressions.call(running, RuntimeCalls.method("checkRunning"))), body);
    }

    @Override
    public ForStatement visit(
            ForStatement loop,
            List<DeclarationStatement> declarations,
            Expression condition,
            Expression post,
            Statement body) {
        return Expressions.for_(declarations, condition, post, checked(body));
    }

    @Override
    public Statement visit(WhileStatement loop, Expression condition, Statement body) {
        return Expressions.while_(condition, checked(body));
    }

    @Override
    public Expression visit(MethodCallExpression call, Expression target, List<Expression> arguments) {
        boolean sorts =
                call.method.getName().equals("arrays") || call.method.getName().equals("singletonArrayIterator");
        if (!sorts) {
            return super.visit(call, target, arguments);
        }
        List<Expression> replaced = new ArrayList<>(arguments);
        Expression order = Expressions.convert_(arguments.get(0), Comparator.class);
        replaced.set(0, Expressions.call(running, RuntimeCalls.method("stoppable"), order));
        return target == null
                ? Expressions.call(call.method, replaced)
                : Expressions.call(target, call.method, replaced);
    }
}
