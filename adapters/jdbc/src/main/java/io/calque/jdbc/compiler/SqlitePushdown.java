package io.calque.jdbc.compiler;

import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.CapabilityList;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.pushdown.Verdict;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;

/** What SQLite computes exactly as the engine would, and how it is told to. */
public final class SqlitePushdown {
    private static final String PRODUCT = "SQLite";

    private SqlitePushdown() {}

    public static FragmentCompiler compiler(SourceId source) {
        return new FragmentTranslator(source, new SqliteDialect());
    }

    public static Capabilities capabilities() {
        return CapabilityList.of(PRODUCT)
                .operator(Project.class, SqlitePushdown::project)
                .build();
    }

    private static Verdict project(Project project) {
        return project.getProjects().stream().allMatch(RexInputRef.class::isInstance)
                ? Verdict.yes()
                : Verdict.no(PRODUCT + " is not asked for expressions");
    }
}
