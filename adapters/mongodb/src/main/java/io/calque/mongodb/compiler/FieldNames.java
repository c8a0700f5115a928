package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Path;
import java.util.HashSet;
import java.util.Set;
import org.bson.BsonDocument;

/** Names for the fields that stages add to documents: none hides a field that a column needs. Single-threaded. */
final class FieldNames {
    private final Set<String> taken;

    private FieldNames(Set<String> taken) {
        this.taken = new HashSet<>(taken);
    }

    /** Names beside the fields of these documents that are still read. */
    static FieldNames beside(Draft draft) {
        Set<String> taken = new HashSet<>();
        for (Field field : draft.fields()) {
            if (field.source() instanceof Path path) {
                taken.add(path.steps().get(0));
            }
        }
        for (BsonDocument stage : draft.stages()) {
            if (stage.containsKey("$lookup")) {
                taken.add(stage.getDocument("$lookup").getString("as").getValue());
            }
        }
        return new FieldNames(taken);
    }

    static FieldNames beside(String... names) {
        return new FieldNames(Set.of(names));
    }

    /** Leaves a name out. */
    void take(String dotted) {
        taken.add(dotted.split("\\.", 2)[0]);
    }

    /** The wanted name, or one like it. */
    String free(String wanted) {
        String name = plain(wanted);
        while (!taken.add(name)) {
            name = name + "_";
        }
        return name;
    }

    /** Dots and dollars would be read as paths. */
    private static String plain(String name) {
        String plain = name.replace('.', '_').replace("$", "_");
        return plain.isEmpty() ? "_" : plain;
    }
}
