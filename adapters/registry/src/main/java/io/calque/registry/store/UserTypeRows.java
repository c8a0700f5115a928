package io.calque.registry.store;

import io.calque.spi.SourceId;
import io.calque.spi.catalog.UserTypeDescriptor;
import io.calque.spi.catalog.UserTypeDescriptor.Attribute;
import io.calque.spi.catalog.UserTypeDescriptor.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of {@code user_types}. Stateless. */
final class UserTypeRows {
    private UserTypeRows() {}

    static Map<SourceId, List<UserTypeDescriptor>> read(Connection connection, long version) throws SQLException {
        Map<SourceId, List<UserTypeDescriptor>> types = new HashMap<>();
        Sql.each(
                connection,
                """
                SELECT source, schema_name, type_name, kind, base_type, is_nullable, default_value, checks, labels,
                       attributes, comment
                FROM user_types WHERE """ + " " + CatalogReader.VALID,
                row -> {
                    SourceId source = new SourceId(row.getString(1));
                    types.computeIfAbsent(source, s -> new ArrayList<>())
                            .add(new UserTypeDescriptor(
                                    source,
                                    row.getString(2),
                                    row.getString(3),
                                    Kind.valueOf(row.getString(4)),
                                    Sql.text(row, 5),
                                    row.getInt(6) != 0,
                                    Sql.text(row, 7),
                                    JsonText.texts(row.getString(8)),
                                    JsonText.texts(row.getString(9)),
                                    attributes(row.getString(10)),
                                    row.getString(11)));
                },
                version);
        return types;
    }

    private static List<Attribute> attributes(@Nullable String json) throws SQLException {
        List<Attribute> attributes = new ArrayList<>();
        for (List<String> pair : json == null ? List.<List<String>>of() : JsonText.paths(json)) {
            attributes.add(new Attribute(pair.get(0), pair.get(1)));
        }
        return attributes;
    }

    static void add(Connection connection, long version, List<UserTypeDescriptor> types) throws SQLException {
        for (UserTypeDescriptor type : types) {
            Sql.update(
                    connection,
                    """
                    INSERT INTO user_types (source, schema_name, type_name, kind, base_type, is_nullable, default_value,
                      checks, labels, attributes, comment, valid_from)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)""",
                    type.source().value(),
                    type.schema(),
                    type.name(),
                    type.kind().name(),
                    type.baseType().orElse(null),
                    type.nullable() ? 1 : 0,
                    type.defaultValue().orElse(null),
                    JsonText.orNull(type.checks()),
                    JsonText.orNull(type.labels()),
                    JsonText.orNull(type.attributes().stream()
                            .map(a -> List.of(a.name(), a.nativeType()))
                            .toList()),
                    type.comment(),
                    version);
        }
    }

    static void remove(Connection connection, long version, List<UserTypeDescriptor> types) throws SQLException {
        for (UserTypeDescriptor type : types) {
            Sql.update(connection, """
                    UPDATE user_types SET valid_to = ?1
                    WHERE source = ?2 AND schema_name = ?3 AND type_name = ?4 AND valid_to IS NULL""", version, type.source().value(), type.schema(), type.name());
        }
    }
}
