package io.calque.engine.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Intervals that a query returns, as text: what clients are sent has no type for them.
 *
 * <pre>
 * SELECT shipped - ordered                   FROM ...
 * SELECT CAST(shipped - ordered AS VARCHAR)  FROM ...     -- 3 days 04:00:00
 * </pre>
 *
 * They are intervals until the very end: sorting by one sorts by its length. Stateless.
 */
final class IntervalColumns {
    private IntervalColumns() {}

    static boolean isInterval(RelDataType type) {
        return SqlTypeUtil.isInterval(type);
    }

    /** The query itself where it returns none. */
    static RelRoot asText(RelRoot root) {
        List<RelDataTypeField> fields = root.validatedRowType.getFieldList();
        if (fields.stream().noneMatch(f -> isInterval(f.getType()))) {
            return root;
        }
        RelNode rows = root.project();
        RexBuilder rex = rows.getCluster().getRexBuilder();
        RelDataType text = rex.getTypeFactory().createSqlType(SqlTypeName.VARCHAR);
        List<RexNode> shown = new ArrayList<>();
        for (RelDataTypeField field : rows.getRowType().getFieldList()) {
            RexNode value = rex.makeInputRef(rows, field.getIndex());
            shown.add(
                    isInterval(field.getType())
                            ? rex.makeCast(
                                    rex.getTypeFactory()
                                            .createTypeWithNullability(
                                                    text, field.getType().isNullable()),
                                    value)
                            : value);
        }
        List<String> names = fields.stream().map(RelDataTypeField::getName).toList();
        RelNode project = LogicalProject.create(rows, List.of(), shown, names, Set.of());
        return RelRoot.of(project, root.kind).withCollation(RelCollations.of(keys(root, fields)));
    }

    /** The leading sort keys that are still shown as they are. */
    private static List<RelFieldCollation> keys(RelRoot root, List<RelDataTypeField> fields) {
        List<Integer> sources = root.fields.stream().map(Map.Entry::getKey).toList();
        List<RelFieldCollation> keys = new ArrayList<>();
        for (RelFieldCollation key : root.collation.getFieldCollations()) {
            int position = sources.indexOf(key.getFieldIndex());
            if (position < 0 || isInterval(fields.get(position).getType())) {
                break;
            }
            keys.add(key.withFieldIndex(position));
        }
        return keys;
    }
}
