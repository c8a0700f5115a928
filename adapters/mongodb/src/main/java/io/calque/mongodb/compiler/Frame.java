package io.calque.mongodb.compiler;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * The rows around a row that a window function sees. Immutable.
 *
 * @param kind what its bounds count
 * @param lower rows from the current one on, negative before it; empty without bound
 * @param upper likewise
 */
record Frame(Kind kind, OptionalInt lower, OptionalInt upper) {
    /** What bounds count. */
    enum Kind {
        /** All rows of the partition. */
        WHOLE,
        ROWS,
        /** Rows that tie with the current one are in it, or out of it, together. */
        PEERS
    }

    static Frame of(Window.Group group, Window window) {
        if (group.exclude != RexWindowExclusion.EXCLUDE_NO_OTHER) {
            throw new Refused("MongoDB has no frame that leaves rows out");
        }
        boolean ordered = !group.orderKeys.getFieldCollations().isEmpty();
        boolean unbounded = group.lowerBound.isUnbounded() && group.upperBound.isUnbounded();
        boolean offsets = group.lowerBound.getOffset() != null || group.upperBound.getOffset() != null;
        if (!group.isRows && offsets) {
            throw new Refused("a frame by distances of values is made here");
        }
        if (unbounded || !group.isRows && !ordered) {
            return new Frame(Kind.WHOLE, OptionalInt.empty(), OptionalInt.empty());
        }
        if (!ordered) {
            throw new Refused("MongoDB counts the rows of a frame only in an order");
        }
        Frame frame = new Frame(
                group.isRows ? Kind.ROWS : Kind.PEERS,
                bound(group.lowerBound, window),
                bound(group.upperBound, window));
        if (frame.lower.isPresent() && frame.upper.isPresent() && frame.lower.getAsInt() > frame.upper.getAsInt()) {
            throw new Refused("MongoDB has no frame that ends before it begins");
        }
        return frame;
    }

    private static OptionalInt bound(RexWindowBound bound, Window window) {
        if (bound.isUnbounded()) {
            return OptionalInt.empty();
        }
        if (bound.isCurrentRow()) {
            return OptionalInt.of(0);
        }
        RexNode offset = bound.getOffset();
        if (offset == null) {
            throw new Refused("MongoDB has no frame from " + bound);
        }
        int rows = count(offset, window);
        return OptionalInt.of(bound.isPreceding() ? -rows : rows);
    }

    /** A window keeps literals aside, and refers to them as if they were columns behind the last one. */
    static RexNode operand(RexNode operand, Window window) {
        int width = window.getInput().getRowType().getFieldCount();
        return operand instanceof RexInputRef ref && ref.getIndex() >= width
                ? window.constants.get(ref.getIndex() - width)
                : operand;
    }

    /** A small whole number. */
    static int count(RexNode operand, Window window) {
        BigDecimal number = operand(operand, window) instanceof RexLiteral literal && !literal.isNull()
                ? literal.getValueAs(BigDecimal.class)
                : null;
        boolean small = number != null
                && number.signum() >= 0
                && number.stripTrailingZeros().scale() <= 0
                && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
        if (number == null || !small) {
            throw new Refused("MongoDB is asked for distances that are small constants only");
        }
        return number.intValue();
    }

    /** Whether the row itself is always in it. */
    boolean holdsItsRow() {
        return lower.orElse(0) <= 0 && upper.orElse(0) >= 0;
    }

    /** Whether rows leave it on the way through the partition. */
    boolean slides() {
        return lower.isPresent();
    }

    /** As {@code $setWindowFields} takes it. */
    BsonDocument bounds() {
        BsonArray both = new BsonArray(List.of(bound(lower), bound(upper)));
        return new BsonDocument(kind == Kind.ROWS ? "documents" : "range", both);
    }

    private static BsonValue bound(OptionalInt rows) {
        if (rows.isEmpty()) {
            return new BsonString("unbounded");
        }
        return rows.getAsInt() == 0 ? new BsonString("current") : new BsonInt32(rows.getAsInt());
    }
}
