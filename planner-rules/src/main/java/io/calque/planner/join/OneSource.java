package io.calque.planner.join;

import io.calque.planner.pushdown.SharedPart;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.TableDescriptor;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.TableScan;
import org.jspecify.annotations.Nullable;

/** Whether all tables below a node belong to one source. Stateless. */
final class OneSource {
    private OneSource() {}

    /** Empty where there are several, or none. */
    static Optional<SourceId> of(RelNode node) {
        Set<Optional<SourceId>> found = new HashSet<>();
        new RelVisitor() {
            @Override
            public void visit(RelNode child, int ordinal, @Nullable RelNode parent) {
                if (child instanceof TableScan scan) {
                    TableDescriptor table = scan.getTable().unwrap(TableDescriptor.class);
                    found.add(Optional.ofNullable(table).map(t -> t.name().source()));
                }
                if (child instanceof SharedPart) {
                    found.add(Optional.empty());
                }
                super.visit(child, ordinal, parent);
            }
        }.go(node);
        return found.size() == 1 ? found.iterator().next() : Optional.empty();
    }
}
