package io.calque.planner.lowering;

import io.calque.spi.pushdown.CalqueTypeFactory;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;

/**
 * A scalar operator computed by one public static method. Immutable, thread-safe.
 *
 * <p>The method takes values as the engine holds them (DATE is {@code int}, TIMESTAMP is {@code long}); a last parameter of type
 * {@link DataContext} receives the running query's context, for the session's time zone and clock.
 */
public final class EngineFunction extends SqlUserDefinedFunction {
    private final Method method;
    private final boolean takesContext;
    private final NullPolicy nulls;

    private EngineFunction(
            String name,
            SqlKind kind,
            SqlReturnTypeInference returns,
            @Nullable SqlOperandMetadata operands,
            Method method,
            NullPolicy nulls) {
        this(name, kind, returns, operands, method, nulls, SqlSyntax.FUNCTION);
    }

    private EngineFunction(
            String name,
            SqlKind kind,
            SqlReturnTypeInference returns,
            @Nullable SqlOperandMetadata operands,
            Method method,
            NullPolicy nulls,
            SqlSyntax syntax) {
        super(
                new SqlIdentifier(name, SqlParserPos.ZERO),
                kind,
                returns,
                operands == null ? InferTypes.FIRST_KNOWN : operands.typeInference(),
                operands,
                new StaticMethod(method, nulls),
                syntax);
        this.method = method;
        this.takesContext = takesContext(method);
        this.nulls = nulls;
    }

    /** An operator that lowering puts into a plan: NULL when an argument is NULL; its type is given where it is called. */
    static EngineFunction strict(Class<?> holder, String methodName) {
        return internal(holder, methodName, NullPolicy.STRICT);
    }

    /** As {@link #strict}, but the method also sees NULL arguments. */
    static EngineFunction nullAware(Class<?> holder, String methodName) {
        return internal(holder, methodName, NullPolicy.NONE);
    }

    private static EngineFunction internal(Class<?> holder, String methodName, NullPolicy nulls) {
        String name = methodName.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        return new EngineFunction(
                name, SqlKind.OTHER_FUNCTION, ReturnTypes.ARG0, null, onlyMethod(holder, methodName), nulls);
    }

    /** A function that statements may call by {@code name}; NULL when an argument is NULL. */
    public static EngineFunction named(
            String name, Class<?> holder, String method, SqlReturnTypeInference returns, SqlOperandMetadata operands) {
        return new EngineFunction(
                name, SqlKind.OTHER_FUNCTION, returns, operands, onlyMethod(holder, method), NullPolicy.STRICT);
    }

    /** As {@link #named}, but the method also sees NULL arguments. */
    public static EngineFunction namedNullAware(
            String name, Class<?> holder, String method, SqlReturnTypeInference returns, SqlOperandMetadata operands) {
        return new EngineFunction(
                name, SqlKind.OTHER_FUNCTION, returns, operands, onlyMethod(holder, method), NullPolicy.NONE);
    }

    /** A function of the session alone, called as {@code NAME()} or, with FUNCTION_ID, as {@code NAME}. */
    public static EngineFunction ofContext(
            String name,
            Class<?> holder,
            String method,
            SqlReturnTypeInference returns,
            SqlOperandMetadata operands,
            SqlSyntax syntax) {
        return new EngineFunction(
                name, SqlKind.OTHER_FUNCTION, returns, operands, onlyMethod(holder, method), NullPolicy.NONE, syntax);
    }

    private static Method onlyMethod(Class<?> holder, String name) {
        List<Method> methods = Arrays.stream(holder.getMethods())
                .filter(m -> m.getName().equals(name))
                .toList();
        if (methods.size() != 1) {
            throw new IllegalArgumentException(holder + " has " + methods.size() + " methods " + name);
        }
        return methods.get(0);
    }

    private static boolean takesContext(Method method) {
        Class<?>[] types = method.getParameterTypes();
        return types.length > 0 && types[types.length - 1] == DataContext.class;
    }

    /** A call of this operator, of exactly {@code type}. */
    RexNode call(RexBuilder rexBuilder, RelDataType type, RexNode... operands) {
        return rexBuilder.makeCall(type, this, List.of(operands));
    }

    /** Whether the answer depends on the session, so that a plan must not hold it as a constant. */
    @Override
    public boolean isDynamicFunction() {
        return takesContext;
    }

    /** Whether a NULL argument gives NULL without a call. */
    boolean isStrict() {
        return nulls == NullPolicy.STRICT;
    }

    /** The method, for computing constants without generating code. */
    Method method() {
        return method;
    }

    private record StaticMethod(Method method, NullPolicy nulls) implements ScalarFunction, ImplementableFunction {
        @Override
        public CallImplementor getImplementor() {
            return RexImpTable.createImplementor(this::call, nulls, false);
        }

        private Expression call(RexToLixTranslator translator, RexCall call, List<Expression> operands) {
            Class<?>[] types = method.getParameterTypes();
            List<Expression> arguments = new ArrayList<>();
            int fixed = method.isVarArgs() ? types.length - 1 : operands.size();
            for (int i = 0; i < fixed; i++) {
                arguments.add(argument(operands.get(i), types[i]));
            }
            if (method.isVarArgs()) {
                Class<?> element = types[fixed].getComponentType();
                arguments.add(Expressions.newArrayInit(
                        element,
                        operands.stream()
                                .skip(fixed)
                                .map(o -> argument(o, element))
                                .toList()));
            }
            if (takesContext(method)) {
                arguments.add(translator.getRoot());
            }
            Expression result = Expressions.call(method, arguments);
            return method.getReturnType() == Object.class
                    ? EnumUtils.convert(result, new CalqueTypeFactory().getJavaClass(call.getType()))
                    : result;
        }

        private static Expression argument(Expression operand, Class<?> type) {
            Primitive primitive = Primitive.of(operand.getType());
            return type == Object.class && primitive != null
                    ? Expressions.box(operand, primitive)
                    : EnumUtils.convert(operand, type);
        }

        @Override
        public List<FunctionParameter> getParameters() {
            return List.of();
        }

        @Override
        public RelDataType getReturnType(RelDataTypeFactory typeFactory) {
            return typeFactory.createJavaType(method.getReturnType());
        }
    }
}
