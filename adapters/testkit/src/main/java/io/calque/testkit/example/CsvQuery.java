package io.calque.testkit.example;

import io.calque.spi.SourceId;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

// [doc: query]
/**
 * What one read asks of one file. Immutable: a record, so that equal questions are equal.
 *
 * @param fields the file's columns to return, one for each of {@code columns}
 * @param conditions all must hold
 */
record CsvQuery(
        SourceId source,
        String table,
        List<String> fields,
        List<Column> columns,
        List<Condition> conditions,
        Optional<Operand> offset,
        Optional<Operand> fetch)
        implements NativeQuery {

    /** A column of the file must equal a value. */
    record Condition(String field, Operand operand) {}

    /** A value that is known now, or one that a parameter brings. */
    sealed interface Operand {
        record Value(Object value) implements Operand {}

        record Slot(ParameterSlot slot) implements Operand {}

        default @Nullable Object in(Bindings bindings) {
            return this instanceof Slot hole ? bindings.value(hole.slot()) : ((Value) this).value();
        }
    }
    // [end]

    CsvQuery {
        fields = List.copyOf(fields);
        columns = List.copyOf(columns);
        conditions = List.copyOf(conditions);
    }

    // [doc: text]
    @Override
    public String text() {
        StringBuilder text = new StringBuilder("read " + table + ".csv");
        text.append(" columns ").append(String.join(", ", fields));
        for (int i = 0; i < conditions.size(); i++) {
            Condition condition = conditions.get(i);
            text.append(i == 0 ? " where " : " and ").append(condition.field());
            text.append(" = ").append(shown(condition.operand()));
        }
        offset.ifPresent(rows -> text.append(" skip ").append(shown(rows)));
        fetch.ifPresent(rows -> text.append(" take ").append(shown(rows)));
        return text.toString();
    }
    // [end]

    @Override
    public List<ParameterSlot> slots() {
        List<Operand> operands =
                new ArrayList<>(conditions.stream().map(Condition::operand).toList());
        Stream.of(offset, fetch).flatMap(Optional::stream).forEach(operands::add);
        return operands.stream()
                .filter(Operand.Slot.class::isInstance)
                .map(operand -> ((Operand.Slot) operand).slot())
                .collect(Collectors.toList());
    }

    private static String shown(Operand operand) {
        if (operand instanceof Operand.Slot hole) {
            return "?" + hole.slot().parameter();
        }
        Object value = ((Operand.Value) operand).value();
        if (value instanceof String text) {
            return "'" + text.replace("'", "''") + "'";
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }
}
