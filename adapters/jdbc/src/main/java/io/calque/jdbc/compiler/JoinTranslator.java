package io.calque.jdbc.compiler;

import io.calque.jdbc.compiler.Expr.Level;
import io.calque.jdbc.cursor.Form;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;

/**
 * Joins two SELECTs into one. Filters of the side that must not lose rows go to WHERE, those of the other to ON; a side whose columns
 * are computed stays a subselect where an outer join may turn it to NULL, because {@code COALESCE(x, 0)} of no row is not NULL.
 */
final class JoinTranslator {
    private final Dialect dialect;

    JoinTranslator(Dialect dialect) {
        this.dialect = dialect;
    }

    Select join(Join join, Select first, Select second) {
        JoinRelType type = join.getJoinType();
        if (type == JoinRelType.FULL) {
            requireKeys(join, first, second);
        }
        Select left = first.isPlain() ? first : first.nested();
        Select right = second.isPlain() ? second : second.nested();
        if (type == JoinRelType.SEMI || type == JoinRelType.ANTI) {
            return exists(join, left, right);
        }
        if (type.generatesNullsOnLeft() && !passesThrough(left)) {
            left = left.nested();
        }
        if (type.generatesNullsOnRight() && !passesThrough(right)) {
            right = right.nested();
        }
        if (type == JoinRelType.FULL) {
            left = left.where().isEmpty() ? left : left.nested();
            right = right.where().isEmpty() ? right : right.nested();
        }
        List<Expr> on = new ArrayList<>();
        List<Expr> where = new ArrayList<>();
        (type.generatesNullsOnLeft() ? on : where).addAll(left.where());
        (type.generatesNullsOnRight() ? on : where).addAll(right.where());
        on.add(0, condition(join, left, right));
        // A right side that joins itself must be joined before it is joined to.
        boolean simple = right.from().pieces().size() == 1;
        Sql from = Sql.of(
                left.from(),
                word(type),
                simple ? right.from() : Sql.of("(", right.from(), ")"),
                " ON ",
                Select.conjunction(on).sql());
        Select joined = new Select(dialect, from, items(join, left, right));
        where.forEach(joined::filter);
        return joined;
    }

    /** A FULL JOIN runs on equal keys only. */
    private void requireKeys(Join join, Select left, Select right) {
        JoinInfo condition = join.analyzeCondition();
        if (!condition.isEqui() || condition.leftKeys.isEmpty()) {
            throw new Refused(dialect.product() + " joins fully on equal keys only");
        }
        boolean fine = condition.leftKeys.stream()
                        .anyMatch(i -> left.items().get(i).expr().form() == Form.FINE)
                || condition.rightKeys.stream()
                        .anyMatch(i -> right.items().get(i).expr().form() == Form.FINE);
        if (fine) {
            throw new Refused("a key finer than milliseconds becomes a range, on which no FULL JOIN can run");
        }
    }

    private static boolean passesThrough(Select side) {
        return side.items().stream().allMatch(item -> item.expr().isColumn());
    }

    private static String word(JoinRelType type) {
        return switch (type) {
            case INNER -> " INNER JOIN ";
            case LEFT -> " LEFT JOIN ";
            case RIGHT -> " RIGHT JOIN ";
            case FULL -> " FULL JOIN ";
            default -> throw new Refused(type + " joins stay in Calque");
        };
    }

    private Expr condition(Join join, Select left, Select right) {
        RexNode condition = join.getCondition();
        if (condition.isAlwaysTrue()) {
            return Expr.condition(Level.ATOM, false, "1 = 1");
        }
        int width = left.items().size();
        Fields both = index -> index < width
                ? left.items().get(index).expr()
                : right.items().get(index - width).expr();
        return new Translator(dialect, join.getCluster().getRexBuilder(), both).translate(condition);
    }

    private static List<Item> items(Join join, Select left, Select right) {
        List<String> names = join.getRowType().getFieldNames();
        List<Item> items = new ArrayList<>();
        for (Item item : left.items()) {
            Expr expr = item.expr();
            items.add(new Item(
                    join.getJoinType().generatesNullsOnLeft() ? expr.asNullable() : expr, names.get(items.size())));
        }
        for (Item item : right.items()) {
            Expr expr = item.expr();
            items.add(new Item(
                    join.getJoinType().generatesNullsOnRight() ? expr.asNullable() : expr, names.get(items.size())));
        }
        return items;
    }

    private Select exists(Join join, Select left, Select right) {
        List<Expr> inner = new ArrayList<>();
        inner.add(condition(join, left, right));
        inner.addAll(right.where());
        Expr test = Expr.condition(
                Level.NOT,
                false,
                join.getJoinType() == JoinRelType.ANTI ? "NOT EXISTS (SELECT 1 FROM " : "EXISTS (SELECT 1 FROM ",
                right.from(),
                " WHERE ",
                Select.conjunction(inner).sql(),
                ")");
        left.filter(test);
        return left;
    }
}
