package io.calque.app.drift;

import io.calque.registry.store.RecordedChange;
import io.calque.spi.TableName;

/**
 * What must be found after a change.
 *
 * @param object column, key or index; empty when the table itself changed, or its name does not matter
 * @param words what the description must hold
 */
record Expected(String kind, TableName table, String object, String words) {
    boolean matches(RecordedChange change) {
        return change.kind().equals(kind)
                && change.source().filter(table.source()::equals).isPresent()
                && change.schema().filter(table.schema()::equals).isPresent()
                && change.table().filter(table.table()::equals).isPresent()
                && (object.isEmpty() || change.object().filter(object::equals).isPresent())
                && change.description().contains(words);
    }
}
