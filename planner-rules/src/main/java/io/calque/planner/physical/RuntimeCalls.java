package io.calque.planner.physical;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.util.BuiltInMethod;

/** Calls of {@link FragmentRuntime} in generated code. Stateless. */
public final class RuntimeCalls {
    private RuntimeCalls() {}

    /** The runtime of the running query. */
    static Expression runtime() {
        return Expressions.convert_(
                Expressions.call(
                        DataContext.ROOT,
                        BuiltInMethod.DATA_CONTEXT_GET.method,
                        Expressions.constant(FragmentRuntime.KEY)),
                FragmentRuntime.class);
    }

    /** The runtime's only method of this name. */
    static Method method(String name) {
        return Arrays.stream(FragmentRuntime.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public static Expression call(String name, Expression... arguments) {
        return Expressions.call(runtime(), method(name), arguments);
    }
}
