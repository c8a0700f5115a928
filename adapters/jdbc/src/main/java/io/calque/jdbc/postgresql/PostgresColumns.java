package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.pool.SourceOptions;
import io.calque.jdbc.postgresql.PostgresRelations.Attribute;
import io.calque.jdbc.postgresql.PostgresRelations.Relation;
import io.calque.jdbc.postgresql.PostgresRelations.Sequence;
import io.calque.jdbc.postgresql.PostgresTypes.Reading;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Generation;
import io.calque.spi.catalog.Facts;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Attributes of relations as columns. Immutable once built. */
final class PostgresColumns {
    /** Encodings in which bytes order as code points do. */
    private static final Set<String> ORDERED = Set.of("UTF8", "LATIN1");

    private static final String COMPUTED = "computed";

    private final PostgresRelations read;
    private final SourceOptions options;
    private final Map<Long, Map<Integer, Integer>> scales;
    private final boolean ordered;
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param scales observed of unconstrained numerics, by relation and attribute number
     */
    PostgresColumns(PostgresRelations read, SourceOptions options, Map<Long, Map<Integer, Integer>> scales) {
        this.read = read;
        this.options = options;
        this.scales = scales;
        this.ordered = ordersByCodePoint(read.encoding());
    }

    static boolean ordersByCodePoint(String encoding) {
        return ORDERED.contains(encoding);
    }

    /** About options that were met so far and cannot be followed. */
    List<String> warnings() {
        return warnings;
    }

    /** Those that the user may read, in order. */
    List<ColumnDescriptor> of(Relation relation) {
        Set<Long> below = read.descendants(relation.oid());
        List<ColumnDescriptor> columns = new ArrayList<>();
        for (Attribute attribute : read.attributes().getOrDefault(relation.oid(), List.of())) {
            if (attribute.readable()) {
                boolean notNull = attribute.notNull() && below.stream().allMatch(child -> notNull(child, attribute));
                columns.add(column(relation, attribute, notNull));
            }
        }
        return columns;
    }

    /** A read of a parent gives the children's rows too, and a child may let NULL in where its parent does not. */
    private boolean notNull(long child, Attribute inherited) {
        return read.attributes().getOrDefault(child, List.of()).stream()
                .filter(a -> a.name().equals(inherited.name()))
                .allMatch(Attribute::notNull);
    }

    private ColumnDescriptor column(Relation relation, Attribute attribute, boolean notNull) {
        Reading reading = overridden(relation, attribute, usual(relation, attribute));
        Form form = reading.form();
        if (form == Form.PLAIN && reading.type().equals(DataType.VARCHAR)) {
            form = !ordered ? Form.UNORDERED : textForm(attribute);
        }
        Map<Integer, Sequence> sequences = read.sequences().getOrDefault(relation.oid(), Map.of());
        Optional<Sequence> sequence = Optional.ofNullable(sequences.get(attribute.number()));
        return new ColumnDescriptor(
                attribute.name(),
                List.of(attribute.name()),
                reading.type(),
                attribute.nativeType(),
                !notNull,
                attribute.defaultValue(),
                generation(attribute, sequence),
                attribute.comment(),
                new TreeMap<>(facts(attribute, form, sequence)));
    }

    private Reading usual(Relation relation, Attribute attribute) {
        if (attribute.element().isPresent() && attribute.dimensions() > 1) {
            // The engine's arrays have one dimension; the text form shows all of them.
            return Reading.of(DataType.VARCHAR, Form.CAST);
        }
        Reading reading = PostgresTypes.of(attribute.type(), attribute.modifier(), attribute.element());
        Integer scale = scales.getOrDefault(relation.oid(), Map.of()).get(attribute.number());
        return reading.open() && scale != null ? PostgresTypes.observed(reading, scale) : reading;
    }

    /** The configuration may choose a number's scale, or the source's own text for any value. */
    private Reading overridden(Relation relation, Attribute attribute, Reading usual) {
        Optional<DataType> wanted = options.typeOf(relation.schema(), relation.name(), attribute.name());
        if (wanted.isEmpty() || wanted.get().equals(usual.type())) {
            return usual;
        }
        DataType type = wanted.get();
        boolean numeric = attribute.type().equals("numeric");
        if (numeric && type.isExactNumeric()) {
            return Reading.of(type, Form.PLAIN);
        }
        DataType element = type.element().orElse(type);
        if (usual.type().kind() == TypeKind.ARRAY
                && element.isExactNumeric()
                && usual.type().elementType().isExactNumeric()) {
            return Reading.of(DataType.array(element), usual.form());
        }
        if (type.kind() == TypeKind.VARCHAR || (numeric && type.kind() == TypeKind.DOUBLE)) {
            return Reading.of(type, Form.CAST);
        }
        warnings.add("option 'type." + relation.schema() + "." + relation.name() + "." + attribute.name() + "': a "
                + attribute.nativeType() + " is not read as " + type + " but as " + usual.type()
                + "; VARCHAR reads its text" + (numeric ? ", an exact number or DOUBLE its value" : ""));
        return usual;
    }

    private Form textForm(Attribute attribute) {
        return switch (attribute.collation()) {
            case "bytes" -> Form.BINARY;
            case "default" -> read.byBytes() ? Form.BINARY : Form.PLAIN;
            // Some take different texts for equal, and two of them in one comparison are an error.
            default -> Form.COLLATED;
        };
    }

    private static Generation generation(Attribute attribute, Optional<Sequence> sequence) {
        if (!attribute.generated().isEmpty()) {
            return Generation.COMPUTED;
        }
        // A serial is an identity in all but name.
        boolean serial = sequence.filter(Sequence::owned).isPresent()
                && attribute
                        .defaultValue()
                        .filter(v -> v.startsWith("nextval("))
                        .isPresent();
        return serial || !attribute.identity().isEmpty() ? Generation.IDENTITY : Generation.NONE;
    }

    private static Map<String, String> facts(Attribute attribute, Form form, Optional<Sequence> sequence) {
        Map<String, String> facts = new HashMap<>();
        if (form != Form.PLAIN) {
            facts.put(Form.FACT, form.fact());
        }
        attribute.userType().ifPresent(type -> facts.put(Facts.USER_TYPE, type));
        sequence.ifPresent(s -> facts.put(Facts.SEQUENCE, s.name()));
        if (!attribute.identity().isEmpty()) {
            facts.put(Facts.IDENTITY, attribute.identity().equals("a") ? "always" : "by default");
        }
        if (!attribute.generated().isEmpty()) {
            facts.put(COMPUTED, attribute.generated().equals("v") ? "virtual" : "stored");
        }
        return facts;
    }
}
