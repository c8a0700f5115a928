package io.calque.engine.prepare;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.tree.ClassDeclaration;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.runtime.ArrayBindable;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.runtime.Typed;
import org.codehaus.commons.compiler.CompilerFactoryFactory;
import org.codehaus.commons.compiler.ISimpleCompiler;

/**
 * Compiled plans by the text of their code. Compiling takes the larger part of planning a small statement, and statements that differ only in
 * what their sources are asked have the same code. It is shared as a kept plan is: what belongs to one run comes through its data context.
 * Thread-safe.
 */
final class PlanCode {
    private static final int KEPT = 1000;

    private record Key(String name, String body, int columns) {}

    private final Cache<Key, Bindable<?>> compiled =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    /**
     * The code of a plan.
     *
     * @param constants receives the objects that the code looks up by name
     */
    Bindable<?> of(EnumerableRel plan, Map<String, Object> constants) {
        ClassDeclaration written = new EnumerableRelImplementor(
                        plan.getCluster().getRexBuilder(), constants)
                .implementRoot(plan, EnumerableRel.Prefer.ARRAY);
        String body = Expressions.toString(written.memberDeclarations, "\n", false);
        return compiled.get(new Key(written.name, body, plan.getRowType().getFieldCount()), PlanCode::compile);
    }

    private static Bindable<?> compile(Key key) {
        String implemented = key.columns() == 1
                ? Bindable.class.getCanonicalName() + ", " + Typed.class.getCanonicalName()
                : ArrayBindable.class.getCanonicalName();
        String source = "public final class " + key.name() + " implements " + implemented + " {\n" + key.body() + "\n}";
        try {
            ClassLoader loader = EnumerableRel.class.getClassLoader();
            ISimpleCompiler compiler =
                    CompilerFactoryFactory.getDefaultCompilerFactory(loader).newSimpleCompiler();
            compiler.setParentClassLoader(loader);
            compiler.cook(source);
            return (Bindable<?>) compiler.getClassLoader()
                    .loadClass(key.name())
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (Exception e) {
            throw new QueryException(ErrorCode.INTERNAL_ERROR, "A plan's code does not compile: " + e.getMessage(), e);
        }
    }
}
