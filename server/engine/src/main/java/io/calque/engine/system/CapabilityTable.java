package io.calque.engine.system;

import io.calque.engine.SourceSet;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.SystemTable;
import io.calque.spi.pushdown.Capability;
import io.calque.spi.source.Source;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code system.capabilities}: what each source is asked for, as its adapter lists it. */
public final class CapabilityTable implements SystemTable {
    private final SourceSet sources;

    public CapabilityTable(SourceSet sources) {
        this.sources = sources;
    }

    @Override
    public String schema() {
        return "system";
    }

    @Override
    public String name() {
        return "capabilities";
    }

    @Override
    public List<ColumnDescriptor> columns() {
        return List.of(text("source"), text("kind"), text("name"), text("state"), text("note"));
    }

    private static ColumnDescriptor text(String name) {
        Nullability nullability = name.equals("note") ? Nullability.NULLABLE : Nullability.NOT_NULL;
        return ColumnDescriptor.of(name, DataType.VARCHAR, "VARCHAR", nullability);
    }

    /** Sources that the principal may read nothing of are left out. */
    @Override
    public Iterable<List<@Nullable Object>> rows(SystemView view) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Source source : sources.all()) {
            if (!visible(source.id(), view)) {
                continue;
            }
            for (Capability line : source.capabilities().list()) {
                rows.add(Arrays.asList(
                        source.id().value(),
                        line.use().kind().title(),
                        line.use().name(),
                        line.state().name().toLowerCase(Locale.ROOT),
                        line.note().isEmpty() ? null : line.note()));
            }
        }
        return rows;
    }

    private static boolean visible(SourceId source, SystemView view) {
        return view.snapshot().source(source).stream().anyMatch(s -> !s.tables().isEmpty());
    }
}
