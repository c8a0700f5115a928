package io.calque.benchmarks.relate;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.benchmarks.tpch.TpchSplit;
import io.calque.benchmarks.tpch.TpchWorld;
import io.calque.embedded.MongoServer;
import io.calque.embedded.PostgresServer;
import io.calque.embedded.chinook.ChinookWorld;
import io.calque.registry.relate.RelationshipInference.Inferred;
import io.calque.spi.SourceId;
import io.calque.spi.source.Secret;
import io.calque.spi.source.SourceConfig;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** References that are found over three databases when nothing is declared: all of them, and nothing else. */
class RelationshipsIT {
    private static PostgresServer postgres;
    private static MongoServer mongo;

    @BeforeAll
    static void start() {
        postgres = PostgresServer.start();
        mongo = MongoServer.start();
    }

    @AfterAll
    static void stop() {
        mongo.close();
        postgres.close();
    }

    @Test
    void findsTheForeignKeysOfChinookInElevenFlatTables() throws SQLException {
        try (FlatChinook world = FlatChinook.load(postgres, mongo);
                UndeclaredCatalog catalog = new UndeclaredCatalog(world.sources())) {
            assertThat(texts(catalog.infer()))
                    .containsExactlyInAnyOrder(
                            "mongo.album(ArtistId) -> mongo.artist(ArtistId)",
                            "mongo.track(AlbumId) -> mongo.album(AlbumId)",
                            "mongo.track(GenreId) -> mongo.genre(GenreId)",
                            "mongo.track(MediaTypeId) -> pg.mediatype(mediatypeid)",
                            "pg.customer(supportrepid) -> lite.employee(EmployeeId)",
                            "pg.invoice(customerid) -> pg.customer(customerid)",
                            "pg.invoiceline(invoiceid) -> pg.invoice(invoiceid)",
                            "pg.invoiceline(trackid) -> mongo.track(TrackId)",
                            "lite.employee(ReportsTo) -> lite.employee(EmployeeId)",
                            "lite.playlisttrack(PlaylistId) -> lite.playlist(PlaylistId)",
                            "lite.playlisttrack(TrackId) -> mongo.track(TrackId)");
        }
    }

    @Test
    void findsReferencesIntoArraysOfDocuments() {
        try (ChinookWorld world = ChinookWorld.load(postgres, mongo);
                UndeclaredCatalog catalog = new UndeclaredCatalog(List.of(
                        SourceConfig.of(
                                        new SourceId("sales"),
                                        "postgresql",
                                        world.sales().jdbcUrl())
                                .withCredentials(
                                        world.sales().user(),
                                        new Secret(world.sales().password())),
                        SourceConfig.of(
                                new SourceId("music"), "mongodb", world.music().connectionString()),
                        SourceConfig.of(
                                new SourceId("office"), "sqlite", world.office().jdbcUrl())))) {
            assertThat(texts(catalog.infer()))
                    .containsExactlyInAnyOrder(
                            "office.employee(reports_to) -> office.employee(employee_id)",
                            "office.playlist_track(playlist_id) -> office.playlist(playlist_id)",
                            "office.playlist_track(track_id) -> music.artists.albums.tracks(track_id)",
                            "sales.customer(support_rep_id) -> office.employee(employee_id)",
                            "sales.invoice(customer_id) -> sales.customer(customer_id)",
                            "sales.invoice_line(invoice_id) -> sales.invoice(invoice_id)",
                            "sales.invoice_line(track_id) -> music.artists.albums.tracks(track_id)");
            // What the sources declare is not said again: what crosses them is.
            assertThat(texts(catalog.inferBesideDeclared()))
                    .containsExactlyInAnyOrder(
                            "office.playlist_track(track_id) -> music.artists.albums.tracks(track_id)",
                            "sales.customer(support_rep_id) -> office.employee(employee_id)",
                            "sales.invoice_line(track_id) -> music.artists.albums.tracks(track_id)");
        }
    }

    @Test
    void findsTheForeignKeysOfTpch() {
        try (TpchWorld world = TpchWorld.load(TpchSplit.MIXED, 0.01, postgres);
                UndeclaredCatalog catalog = new UndeclaredCatalog(world.sources())) {
            assertThat(texts(catalog.infer()))
                    .containsExactlyInAnyOrder(
                            "lite.nation(n_regionkey) -> lite.region(r_regionkey)",
                            "mongo.partsupp(ps_partkey) -> mongo.part(p_partkey)",
                            "mongo.partsupp(ps_suppkey) -> mongo.supplier(s_suppkey)",
                            "mongo.supplier(s_nationkey) -> lite.nation(n_nationkey)",
                            "pg.customer(c_nationkey) -> lite.nation(n_nationkey)",
                            "pg.lineitem(l_orderkey) -> pg.orders(o_orderkey)",
                            "pg.lineitem(l_partkey) -> mongo.part(p_partkey)",
                            "pg.lineitem(l_partkey, l_suppkey) -> mongo.partsupp(ps_partkey, ps_suppkey)",
                            "pg.lineitem(l_suppkey) -> mongo.supplier(s_suppkey)",
                            "pg.orders(o_custkey) -> pg.customer(c_custkey)");
        }
    }

    private static TreeSet<String> texts(Inferred inferred) {
        assertThat(inferred.warnings()).isEmpty();
        return inferred.relationships().stream()
                .map(UndeclaredCatalog::text)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
