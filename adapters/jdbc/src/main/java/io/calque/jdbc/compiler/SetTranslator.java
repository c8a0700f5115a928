package io.calque.jdbc.compiler;

import io.calque.jdbc.cursor.Form;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.type.RelDataType;

/** Combines SELECTs by UNION, INTERSECT or EXCEPT into a relation of their rows. */
final class SetTranslator {
    private final Dialect dialect;

    SetTranslator(Dialect dialect) {
        this.dialect = dialect;
    }

    Select combine(SetOp node, List<Select> inputs) {
        dialect.requireSetOperation(node);
        if (node.getRowType().getFieldCount() == 0) {
            throw new Refused("rows without columns are combined in Calque");
        }
        List<Select> branches =
                inputs.stream().map(s -> s.isLimited() ? s.nested() : s).toList();
        List<List<Item>> shown = new ArrayList<>();
        branches.forEach(b -> shown.add(new ArrayList<>()));
        List<String> names = Select.distinctNames(node.getRowType().getFieldNames());
        List<Form> forms = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int index = i;
            List<Expr> united = column(
                    node,
                    i,
                    branches.stream().map(b -> b.items().get(index).expr()).toList());
            for (int branch = 0; branch < branches.size(); branch++) {
                shown.get(branch).add(new Item(united.get(branch), names.get(i)));
            }
            forms.add(united.get(0).form());
        }
        List<Sql> selects = new ArrayList<>();
        for (int branch = 0; branch < branches.size(); branch++) {
            branches.get(branch).items(shown.get(branch));
            selects.add(branches.get(branch).unordered());
        }
        Relation relation = Relation.subselect(Sql.joined(" " + node.kind.sql + (node.all ? " ALL " : " "), selects));
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            RelDataType type = node.getRowType().getFieldList().get(i).getType();
            Expr column = Expr.column(
                    relation,
                    names.get(i),
                    Translator.type(type),
                    forms.get(i),
                    type.isNullable(),
                    shown.get(0).get(i).expr().label());
            items.add(new Item(column, names.get(i)));
        }
        return new Select(dialect, Sql.named(relation), items);
    }

    /** The values of one column, in one form for all branches. */
    List<Expr> column(SetOp node, int index, List<Expr> values) {
        DataType common =
                Translator.type(node.getRowType().getFieldList().get(index).getType());
        if (common.kind() == TypeKind.ARRAY) {
            throw new Refused("arrays are combined in Calque");
        }
        for (Expr value : values) {
            if (!isNull(value) && !alike(value.type(), common)) {
                throw new Refused("columns of " + value.type() + " and " + common + " are combined in Calque");
            }
        }
        // Rows that are only put one after the other need not be compared.
        List<Expr> united = dialect.united(values, !(node instanceof Union && node.all));
        Set<Form> forms = EnumSet.noneOf(Form.class);
        united.stream().filter(e -> !isNull(e)).forEach(e -> forms.add(e.form()));
        Form form = forms.isEmpty() || forms.equals(EnumSet.of(Form.PLAIN, Form.BINARY))
                ? Form.PLAIN
                : forms.iterator().next();
        if (forms.size() > 1 && form != Form.PLAIN) {
            throw new Refused("a column is held in several forms, which Calque combines");
        }
        return united.stream().map(e -> e.formed(form)).toList();
    }

    private static boolean isNull(Expr value) {
        return value.literal().filter(Literals::isNull).isPresent();
    }

    private static boolean alike(DataType type, DataType common) {
        boolean decimals = type.kind() == TypeKind.DECIMAL || common.kind() == TypeKind.DECIMAL;
        return decimals
                ? type.kind() == common.kind() && type.scale() == common.scale()
                : type.kind() == common.kind() || type.isExactNumeric() && common.isExactNumeric();
    }
}
