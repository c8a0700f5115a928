package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.SqlQuery;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.ParameterSlot;
import java.sql.Connection;
import java.sql.SQLException;

/** Writes sets of keys into a statement that can have no parameters. Stateless. */
final class KeyLiterals {
    private KeyLiterals() {}

    /**
     * @param query whose slots all stand for keys, and in whose text a question mark is nothing but one of them
     */
    static String in(Connection connection, SqlQuery query, Bindings bindings) throws SQLException {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (ParameterSlot slot : query.slots()) {
            int at = query.text().indexOf('?', from);
            text.append(query.text(), from, at);
            // Backslashes stand for themselves: the transaction has standard_conforming_strings on.
            String array = PostgresBinder.array(connection, slot.type(), bindings.keys(slot))
                    .toString();
            text.append('\'')
                    .append(array.replace("'", "''"))
                    .append("'::")
                    .append(PostgresBinder.arrayElement(slot.type()))
                    .append("[]");
            from = at + 1;
        }
        return text.append(query.text(), from, query.text().length()).toString();
    }
}
