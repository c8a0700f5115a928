package io.calque.testkit.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * One fragment that a source may be asked for. Immutable.
 *
 * @param family what it is about: {@code filter}, {@code aggregate}, ...
 * @param name unique within its family; close to how SQL would say it
 * @param fragment builds it; called once
 * @param parameters values for its parameters, in the conventions of column vectors
 */
record ContractCase(
        String family,
        String name,
        Function<CaseBuilder, RelNode> fragment,
        List<? extends @Nullable Object> parameters) {
    ContractCase {
        parameters = Collections.unmodifiableList(new ArrayList<@Nullable Object>(parameters));
    }

    ContractCase(String family, String name, Function<CaseBuilder, RelNode> fragment) {
        this(family, name, fragment, List.of());
    }

    /** As the reports name it. */
    String title() {
        return family + ": " + name;
    }
}
