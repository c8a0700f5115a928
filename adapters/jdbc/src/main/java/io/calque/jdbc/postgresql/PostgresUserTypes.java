package io.calque.jdbc.postgresql;

import io.calque.spi.SourceId;
import io.calque.spi.catalog.UserTypeDescriptor;
import io.calque.spi.catalog.UserTypeDescriptor.Attribute;
import io.calque.spi.catalog.UserTypeDescriptor.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Enumerations, domains, composites and ranges that users made, in the schemas that the user may look into. */
final class PostgresUserTypes {
    private PostgresUserTypes() {}

    static List<UserTypeDescriptor> read(Connection connection, SourceId source) throws SQLException {
        List<UserTypeDescriptor> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PostgresCatalogQueries.USER_TYPES)) {
            while (row.next()) {
                String comment = row.getString(7);
                found.add(new UserTypeDescriptor(
                        source,
                        row.getString(1),
                        row.getString(2),
                        kind(row.getString(3)),
                        Optional.ofNullable(row.getString(4)),
                        !row.getBoolean(5),
                        Optional.ofNullable(row.getString(6)),
                        texts(row, 9),
                        texts(row, 8),
                        attributes(texts(row, 10), texts(row, 11)),
                        comment == null ? "" : comment));
            }
        }
        return found;
    }

    private static Kind kind(String typtype) {
        return switch (typtype) {
            case "e" -> Kind.ENUM;
            case "d" -> Kind.DOMAIN;
            case "r" -> Kind.RANGE;
            default -> Kind.COMPOSITE;
        };
    }

    private static List<Attribute> attributes(List<String> names, List<String> types) {
        List<Attribute> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            found.add(new Attribute(names.get(i), types.get(i)));
        }
        return found;
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
