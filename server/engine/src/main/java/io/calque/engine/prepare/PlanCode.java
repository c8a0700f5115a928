package io.calque.engine.prepare;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.calque.planner.physical.FragmentRuntime;
import io.calque.planner.physical.SourceFetch;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.tree.ClassDeclaration;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.runtime.ArrayBindable;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.runtime.Typed;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;

/**
 * Compiled plans by the text of their code. Compiling takes the larger part of planning a small statement, and statements that differ only in
 * what their sources are asked have the same code. It is shared as a kept plan is: what belongs to one run comes through its data context.
 * Thread-safe.
 */
final class PlanCode {
    private static final int KEPT = 1000;

    private record Key(String body, int columns) {}

    private final Cache<Key, Bindable<?>> compiled =
            Caffeine.newBuilder().maximumSize(KEPT).build();
    private final PlanClasses classes = new PlanClasses(EnumerableInterpretable.class.getClassLoader());

    /**
     * The code of a plan.
     *
     * @param constants receives the objects that the code looks up by name
     */
    Bindable<?> of(EnumerableRel plan, Map<String, Object> constants) {
        if (plan instanceof SourceFetch fetch) {
            // nothing is computed here
            return ofFetch(fetch.ordinal());
        }
        ClassDeclaration written = new EnumerableRelImplementor(
                        plan.getCluster().getRexBuilder(), constants)
                .implementRoot(plan, EnumerableRel.Prefer.ARRAY);
        String body = Expressions.toString(written.memberDeclarations, "\n", false);
        return compiled.get(new Key(body, plan.getRowType().getFieldCount()), key -> compile(written.name, key));
    }

    private static Bindable<Object> ofFetch(int ordinal) {
        return data -> ((FragmentRuntime) data.get(FragmentRuntime.KEY)).fetch(ordinal);
    }

    private Bindable<?> compile(String name, Key code) {
        String kind = code.columns() == 1
                ? Bindable.class.getName() + ", " + Typed.class.getName()
                : ArrayBindable.class.getName();
        String text = "public final class " + name + " implements " + kind + " {\n" + code.body() + "\n}";
        SimpleCompiler compiler = new SimpleCompiler();
        compiler.setParentClassLoader(classes);
        try {
            compiler.cook(text);
            return (Bindable<?>) compiler.getClassLoader()
                    .loadClass(name)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (CompileException | ReflectiveOperationException e) {
            throw new IllegalStateException("A plan's code does not compile:\n" + text, e);
        }
    }
}
