package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.fake.ScriptedAnswer;
import io.calque.app.fake.ScriptedEngine;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.question.ValueLookup.Found;
import io.calque.spi.question.ValueLookup.Place;
import io.calque.spi.type.DataType;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceValuesTest {
    private static final Place CITY = new Place(new TableName(new SourceId("crm"), "main", "customer"), "city");

    private String rights = "some";

    private final AccessPolicy policy = new AccessPolicy() {
        @Override
        public boolean mayRead(Principal principal, TableName table) {
            return true;
        }

        @Override
        public boolean mayPassThrough(Principal principal, SourceId source) {
            return false;
        }

        @Override
        public String digest(Principal principal) {
            return rights;
        }
    };

    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void aPlaceThatFailsIsMissingAlone() {
        Place broken = new Place(new TableName(new SourceId("crm"), "main", "broken"), "city");
        Place other = new Place(new TableName(new SourceId("shop"), "main", "buyer"), "town");
        ScriptedEngine engine = new ScriptedEngine()
                .answer(query("crm", "customer", "city"), ScriptedAnswer.of(List.of(DataType.VARCHAR), List.of("Graz")))
                .answer(query("shop", "buyer", "town"), ScriptedAnswer.of(List.of(DataType.VARCHAR), List.of("Graz")));
        SourceValues values = new SourceValues(policy, executor);
        values.askAt(engine);

        assertThat(values.find(List.of("Graz"), List.of(broken, other, CITY), Principal.LOCAL))
                .extracting(Found::place)
                .containsExactly(other, CITY);
    }

    private static String query(String source, String table, String column) {
        return "SELECT DISTINCT \"" + column + "\" FROM \"" + source + "\".\"main\".\"" + table + "\" WHERE \"" + column
                + "\" IN ('Graz') LIMIT 20";
    }

    @Test
    void rightsThatChangedAreAskedAgain() {
        ScriptedEngine engine = new ScriptedEngine()
                .answer(
                        query("crm", "customer", "city"),
                        ScriptedAnswer.of(List.of(DataType.VARCHAR), List.of("Graz")));
        SourceValues values = new SourceValues(policy, executor);
        values.askAt(engine);
        Principal ann = new Principal("ann", List.of());

        assertThat(values.find(List.of("Graz"), List.of(CITY), ann)).hasSize(1);
        assertThat(values.find(List.of("Graz"), List.of(CITY), ann)).hasSize(1);
        assertThat(engine.parameters()).hasSize(1);
        rights = "others";
        assertThat(values.find(List.of("Graz"), List.of(CITY), ann)).hasSize(1);
        assertThat(engine.parameters()).hasSize(2);
        assertThat(values.find(List.of("Graz"), List.of(CITY), new Principal("ann", List.of("clerk"))))
                .hasSize(1);
        assertThat(engine.parameters()).hasSize(3);
    }
}
