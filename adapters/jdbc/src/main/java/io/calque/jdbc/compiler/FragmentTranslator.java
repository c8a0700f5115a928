package io.calque.jdbc.compiler;

import io.calque.jdbc.cursor.Decoding;
import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.jdbc.pool.Identifiers;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.FragmentColumns;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.source.NativeQuery;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/** Turns a fragment into one SELECT. Thread-safe. */
final class FragmentTranslator implements FragmentCompiler {
    private final SourceId source;
    private final Dialect dialect;

    FragmentTranslator(SourceId source, Dialect dialect) {
        this.source = source;
        this.dialect = dialect;
    }

    @Override
    public NativeQuery compile(RelNode fragment) {
        Select select = select(fragment);
        Rendering rendering = new Rendering(select.sql(dialect), dialect::quoted);
        List<NativeQuery.Column> columns = RelTypes.columns(fragment.getRowType());
        List<Decoding> decodings = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Expr expr = dialect.readable(select.items().get(i).expr());
            String label = expr.label().isEmpty() ? columns.get(i).name() : expr.label();
            decodings.add(new Decoding(expr.form(), label));
        }
        return new SqlQuery(source, rendering.text(), rendering.slots(), columns, decodings);
    }

    private Select select(RelNode node) {
        if (node instanceof TableScan scan) {
            return scan(scan);
        }
        if (node instanceof Project project) {
            return project(project);
        }
        throw new IllegalArgumentException("not a fragment of a SQL source: " + node.getRelTypeName());
    }

    private static Select scan(TableScan scan) {
        TableDescriptor table = FragmentColumns.table(scan);
        String schema = table.name().schema();
        String name = table.name().table();
        Relation relation = Relation.table(name, Identifiers.quoted(schema, name));
        List<Item> items = new ArrayList<>();
        for (ColumnDescriptor column : table.columns()) {
            Sql sql = Sql.column(relation, column.path().get(0));
            String label = schema + "." + name + "." + column.name();
            items.add(new Item(
                    new Expr(sql, Expr.Level.ATOM, column.type(), Form.of(column), column.nullable(), label),
                    column.name()));
        }
        return new Select(Sql.named(relation), items);
    }

    private Select project(Project project) {
        Select select = select(project.getInput());
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < project.getProjects().size(); i++) {
            RexNode expression = project.getProjects().get(i);
            if (!(expression instanceof RexInputRef ref)) {
                throw new IllegalArgumentException("not a column: " + expression);
            }
            items.add(new Item(
                    select.items().get(ref.getIndex()).expr(),
                    project.getRowType().getFieldNames().get(i)));
        }
        select.items(items);
        return select;
    }
}
