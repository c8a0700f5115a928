package io.calque.mongodb.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.mongodb.MongoAdapter;
import io.calque.mongodb.MongoFixture;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import io.calque.testkit.TestServers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays within arrays of a real data set: unwound by the server or here, the rows are the same, in the same order. */
class ChinookArraysIT {
    private static Source source;
    private static TableDescriptor[] small;
    private static TableDescriptor[] shapes;

    @BeforeAll
    static void start() {
        source = new MongoAdapter()
                .open(SourceConfig.of(
                        MongoFixture.ID,
                        "mongodb",
                        TestServers.chinook().music().connectionString()));
        List<TableDescriptor> tables = MongoFixture.observe(source).tables();
        small = tables.toArray(TableDescriptor[]::new);
        shapes = tables.stream().map(TableDescriptor::shape).toArray(TableDescriptor[]::new);
    }

    @AfterAll
    static void stop() {
        source.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM \"artists.albums.tracks\"",
                "SELECT name, pos FROM \"artists.albums.tracks\" WHERE track_id = 1500",
                "SELECT name FROM \"artists.albums.tracks\" WHERE composer IS NULL AND milliseconds > 300000",
                "SELECT title FROM \"artists.albums\" WHERE title LIKE 'B%'",
                "SELECT title FROM \"artists.albums\" WHERE artists_id = 50"
            })
    void givesTheSameRowsWhoeverUnwinds(String sql) {
        NativeQuery here = source.compiler().compile(Fragments.of(sql, small));
        NativeQuery there = source.compiler().compile(Fragments.of(sql, shapes));
        assertThat(here.text()).contains(".find(", "unwound here");
        assertThat(there.text()).contains(".aggregate(");
        assertThat(timed("unwound here", here))
                .isEqualTo(timed("unwound by the server", there))
                .isNotEmpty();
    }

    private static List<List<Object>> timed(String how, NativeQuery query) {
        MongoFixture.rows(source, query);
        long started = System.nanoTime();
        List<List<Object>> rows = MongoFixture.rows(source, query);
        System.out.printf(
                "%s: %d rows in %.1f ms: %s%n", how, rows.size(), (System.nanoTime() - started) / 1e6, query.text());
        return rows;
    }
}
