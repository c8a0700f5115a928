package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.cli.ExitCode;
import io.calque.embedded.SqliteFile;
import io.calque.registry.store.Registry;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.Cardinality;
import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.catalog.Relationship.State;
import io.calque.testkit.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code calque registry} on a registry that introspection filled. */
final class RegistryCommandIT {
    @TempDir
    private Path directory;

    private SqliteFile file;

    @BeforeEach
    void introspect() throws IOException, SQLException {
        file = TestServers.newSqliteFile();
        execute(
                "CREATE TABLE item (id INTEGER PRIMARY KEY, price TEXT)",
                "INSERT INTO item VALUES (1, '9.5'), (2, '12')",
                "CREATE TABLE sale (item INTEGER, note TEXT)");
        Files.writeString(
                directory.resolve("calque.yaml"), "sources: {shop: {kind: sqlite, url: '" + file.jdbcUrl() + "'}}\n");
        assertThat(run("introspect").code()).isZero();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    @Test
    void overridesWhatSqlSeesAndTakesItBack() {
        CliRun said = run("registry", "override", "item.price", "--type", "DECIMAL(10, 2)", "--author", "ann");

        assertThat(said.error()).isEmpty();
        assertThat(said.out()).contains("shop.main.item.price | type   | DECIMAL(10, 2)", "| ann ");
        assertThat(run("sql", "--format", "csv", "SELECT sum(price) AS s FROM item")
                        .out())
                .isEqualTo("s\n21.50\n");
        assertThat(run("registry", "override", "--format", "json").out())
                .contains("\"object\":\"shop.main.item.price\"", "\"aspect\":\"type\"", "\"problem\":\"\"");
        run("registry", "override", "item", "--name", "product", "--key", "id,price");
        assertThat(run("sql", "--format", "csv", "SELECT count(*) AS n FROM product")
                        .out())
                .isEqualTo("n\n2\n");
        run("registry", "override", "shop.main.item", "--reset", "name,key");
        run("registry", "override", "item.price", "--reset", "type");
        assertThat(run("registry", "override", "--format", "csv").out()).hasLineCount(1);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThat(run("registry", "override", "item.prise", "--type", "DATE").error())
                .contains("The registry knows nothing called 'item.prise'.", "Did you mean 'item.price'?");
        assertThat(run("registry", "override", "item.id", "--type", "DATE"))
                .satisfies(ended -> assertThat(ended.code()).isEqualTo(ExitCode.FAILED))
                .satisfies(
                        ended -> assertThat(ended.error()).contains("a column of type BIGINT cannot be read as DATE"));
        run("registry", "owner", "item", "sales");
        assertThat(run("registry", "owner", "item", "support", "--revision", "1")
                        .error())
                .contains("started from revision 1, but it has revision 2, changed by");
        assertThat(run("registry", "override", "item", "--reset", "tag").error())
                .contains("'tag' is no override");
        assertThat(run("registry").code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("registry", "bakcup", "x").error()).contains("Did you mean 'backup'?");
    }

    @Test
    void tagsStayWithWhatIsGoneAndSaySo() throws SQLException {
        run("registry", "tag", "item.price", "pii=high", "money");
        assertThat(run("registry", "tag", "--format", "csv").out())
                .contains("shop.main.item.price,money,\"\",", "shop.main.item.price,pii,high,");
        execute("ALTER TABLE item DROP COLUMN price");
        run("introspect");
        assertThat(run("registry", "tag").out()).contains("table shop.main.item has no column price");
        run("registry", "tag", "shop.main.item.price", "pii", "money", "--remove");
        assertThat(run("registry", "tag", "--format", "csv").out()).hasLineCount(1);
    }

    @Test
    void tellsHistoryAndDifferences() {
        run("registry", "owner", "shop", "sales", "--author", "ann");
        assertThat(run("registry", "history", "--format", "csv").out())
                .contains("2,20", ",ann,1,set the owner of shop", ",introspected shop");
        assertThat(run("registry", "diff", "1", "--format", "csv").out())
                .contains("annotation_added,compatible,shop,\"\",owner 'sales' added to shop");
        assertThat(run("registry", "diff", "0", "1").out()).contains("source_added", "table_added");
        assertThat(run("registry", "diff", "1", "9").error()).contains("no version 9; the newest is 2");
    }

    @Test
    void savesAndRestores() {
        assertThat(run("registry", "backup", "b.db").error()).contains("saved version 1 to ");
        run("registry", "owner", "shop", "sales");
        assertThat(run("registry", "backup", "b.db").error()).contains("exists; name a file that does not");

        assertThat(run("registry", "restore", "b.db").error())
                .contains("restored version 1 to ", "what was there is kept as ");
        assertThat(run("registry", "owner", "--format", "csv").out()).hasLineCount(1);
        assertThat(run("registry", "restore", "calque.yaml").error()).contains("error: The schema registry");
        assertThat(run("sql", "--format", "csv", "SELECT count(*) AS n FROM item")
                        .out())
                .isEqualTo("n\n2\n");
    }

    @Test
    void decidesOnRelationships() {
        TableName sale = new TableName(new SourceId("shop"), "main", "sale");
        TableName item = new TableName(new SourceId("shop"), "main", "item");
        try (Registry registry = Registry.open(directory.resolve(".calque/registry.db"), Clock.systemUTC())) {
            registry.publishRelationships(List.of(new Relationship(
                    End.of(sale, "item"),
                    End.of(item, "id"),
                    Cardinality.MANY_TO_ONE,
                    0.9,
                    List.of(),
                    State.INFERRED)));
        }
        assertThat(run("registry", "relationships", "--format", "csv").out())
                .contains("shop.main.sale(item),shop.main.item(id),inferred,0.90,2,");
        assertThat(run("registry", "relationships", "reject", "sale.item", "item.id", "--format", "csv")
                        .out())
                .contains("rejected,0.90,3,");
        assertThat(run("registry", "relationships", "confirm", "sale.item", "item.id", "--format", "csv")
                        .out())
                .contains("confirmed,0.90,4,");
        assertThat(run("sql", "--format", "csv", "SELECT origin FROM system.relationships")
                        .out())
                .isEqualTo("origin\nconfirmed\n");
        assertThat(run("registry", "relationships", "confirm", "sale.item").error())
                .contains("Name both ends: confirm FROM TO.");
    }

    @Test
    void everyCommandHasHelp() {
        for (String command :
                List.of("backup", "restore", "history", "diff", "override", "tag", "owner", "relationships")) {
            assertThat(run("registry", command, "--help").out()).startsWith("Usage: calque registry " + command);
        }
        assertThat(run("registry", "--help").out()).contains("backup", "relationships", "the names of its source");
    }

    private CliRun run(String... arguments) {
        return CliRun.in(directory, arguments);
    }
}
