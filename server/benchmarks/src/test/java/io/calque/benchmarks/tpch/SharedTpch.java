package io.calque.benchmarks.tpch;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands {@link TpchInstallation} at scale factor 0.01 to the test classes of a run, which share it because loading it takes
 * longer than asking it; it is closed after the last of them.
 */
public final class SharedTpch implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedTpch.class);
    private static final double SCALE_FACTOR = 0.01;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TpchInstallation.class;
    }

    @Override
    public TpchInstallation resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        TpchInstallation.class, key -> TpchInstallation.start(SCALE_FACTOR), TpchInstallation.class);
    }
}
