package io.calque.engine.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Sort;

/**
 * What a query says of the order of its rows. Immutable.
 *
 * @param visibleKeys positions in the result of its leading sort keys, up to the first that the result does not show
 * @param limited whether a LIMIT or OFFSET, its own or of a subquery, chooses rows by an order
 */
public record ResultOrder(List<Integer> visibleKeys, boolean limited) {
    public ResultOrder {
        visibleKeys = List.copyOf(visibleKeys);
    }

    static ResultOrder of(RelRoot root) {
        List<Integer> sources = root.fields.stream().map(Map.Entry::getKey).toList();
        List<Integer> keys = new ArrayList<>();
        for (RelFieldCollation key : root.collation.getFieldCollations()) {
            int position = sources.indexOf(key.getFieldIndex());
            if (position < 0) {
                break;
            }
            keys.add(position);
        }
        return new ResultOrder(keys, limits(root.rel));
    }

    private static boolean limits(RelNode node) {
        boolean here = node instanceof Sort sort && (sort.fetch != null || sort.offset != null);
        return here || node.getInputs().stream().anyMatch(ResultOrder::limits);
    }
}
