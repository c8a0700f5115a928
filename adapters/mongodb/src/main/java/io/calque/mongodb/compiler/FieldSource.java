package io.calque.mongodb.compiler;

import java.util.List;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Where the value of a column stands in the documents that flow through a pipeline. Immutable. */
sealed interface FieldSource {
    /** What aggregation expressions say for it. */
    BsonValue expression();

    /** A field of the document. */
    record Path(List<String> steps) implements FieldSource {
        public Path {
            steps = List.copyOf(steps);
        }

        static Path of(String... steps) {
            return new Path(List.of(steps));
        }

        String dotted() {
            return String.join(".", steps);
        }

        /** Whether pipelines can name it: no step is empty, holds a dot, or starts with a dollar. */
        boolean isAddressable() {
            return steps.stream().noneMatch(s -> s.isEmpty() || s.indexOf('.') >= 0 || s.startsWith("$"));
        }

        @Override
        public BsonValue expression() {
            return new BsonString("$" + dotted());
        }
    }

    /**
     * A value that is still to be computed from the document.
     *
     * @param overNothing what it is in the row that an aggregate has over no rows; counts are 0 there
     */
    record Computed(BsonValue expression, long overNothing) implements FieldSource {
        Computed(BsonValue expression) {
            this(expression, 0);
        }
    }
}
