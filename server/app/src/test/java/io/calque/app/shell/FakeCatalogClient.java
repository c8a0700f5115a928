package io.calque.app.shell;

import io.calque.app.client.Answer;
import io.calque.app.client.JdbcClient;
import io.calque.app.client.QueryClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A SQLite database that has the system tables under the names that the shell asks for. */
final class FakeCatalogClient implements QueryClient {
    private final JdbcClient client;
    int cancelled;

    FakeCatalogClient() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    create table sources (source, kind, product, status, table_count, last_error, age_seconds);
                    insert into sources values ('crm', 'postgresql', 'PostgreSQL 18', 'ok', 1, null, 7),
                        ('music', 'mongodb', 'MongoDB 7', 'ok', 2, null, 7500);
                    create table tables (source, schema_name, table_name, kind, column_count, row_count);
                    insert into tables values ('crm', 'public', 'customer', 'table', 2, 59),
                        ('music', 'music', 'artists', 'collection', 1, 275.0),
                        ('music', 'music', 'customer', 'child_table', 1, null);
                    create table columns (source, schema_name, table_name, column_name, ordinal_position, data_type,
                        native_type, is_nullable, comment);
                    insert into columns values
                        ('crm', 'public', 'customer', 'name', 2, 'VARCHAR', 'text', 1, ''),
                        ('crm', 'public', 'customer', 'customer_id', 1, 'INTEGER', 'int4', 0, ''),
                        ('music', 'music', 'artists', 'artist_id', 1, 'INTEGER', 'int', 0, '');
                    create table keys (source, schema_name, table_name, key_name, ordinal_position, column_name, kind);
                    insert into keys values ('crm', 'public', 'customer', 'pk', 1, 'customer_id', 'primary');
                    create table foreign_keys (source, schema_name, table_name, key_name, ordinal_position, column_name,
                        target_source, target_schema, target_table, target_column);
                    create table indexes (source, schema_name, table_name, index_name, ordinal_position, column_name, kind,
                        is_unique);
                    insert into indexes values ('crm', 'public', 'customer', 'pk', 1, 'customer_id', 'btree', 1);
                    create table views (view_name);
                    insert into views values ('top_customers');
                    """);
        }
        client = new JdbcClient(connection);
    }

    @Override
    public Answer run(String sql) {
        return client.run(sql.replace("system.system.", "").replace("\"calque\".\"views\".", ""));
    }

    @Override
    public void cancel() {
        cancelled++;
        client.cancel();
    }

    @Override
    public void close() {
        client.close();
    }
}
