package io.calque.registry.store;

import static io.calque.registry.SampleTables.CRM;
import static io.calque.registry.SampleTables.CUSTOMERS;
import static io.calque.registry.SampleTables.customers;
import static io.calque.registry.SampleTables.orders;
import static io.calque.registry.SampleTables.statistics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.registry.MutableClock;
import io.calque.registry.drift.CatalogChange;
import io.calque.registry.drift.CatalogChange.ColumnRemoved;
import io.calque.registry.drift.CatalogChange.StatisticsShifted;
import io.calque.registry.drift.CatalogChange.TableAdded;
import io.calque.registry.drift.CatalogChange.TableRemoved;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.Catalog.Existing;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.catalog.ViewDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryTest {
    @TempDir
    Path directory;

    private final MutableClock clock = new MutableClock();

    enum Place {
        FILE,
        MEMORY
    }

    private Registry open(Place place) {
        return place == Place.FILE ? Registry.open(file(), clock) : Registry.inMemory(clock);
    }

    private Path file() {
        return directory.resolve("registry.db");
    }

    private SourceObservation seen(TableDescriptor... tables) {
        return new SourceObservation(CRM, "postgresql", "PostgreSQL 18", List.of(tables), clock.instant());
    }

    @ParameterizedTest
    @EnumSource
    void startsEmptyAtVersionZero(Place place) {
        try (Registry registry = open(place)) {
            assertThat(registry.current().version()).isZero();
            assertThat(registry.current().sources()).isEmpty();
            assertThat(registry.history()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesBackEveryPartOfATable(Place place) {
        try (Registry registry = open(place)) {
            Publication publication = registry.publish(seen(customers(), orders()));

            assertThat(publication.version()).isEqualTo(1);
            SourceSnapshot source = registry.current().source(CRM).orElseThrow();
            assertThat(source.tables()).containsExactly(customers(), orders());
            assertThat(source.product()).isEqualTo("PostgreSQL 18");
            assertThat(source.observedAt()).contains(clock.instant());
        }
    }

    @Test
    void survivesReopening() {
        try (Registry registry = open(Place.FILE)) {
            registry.publish(seen(customers(), orders()));
            registry.createView(view("Revenue", "select 1"), Existing.FAIL);
        }
        try (Registry registry = open(Place.FILE)) {
            assertThat(registry.current().version()).isEqualTo(2);
            assertThat(registry.current().publishedAt()).isEqualTo(clock.instant());
            assertThat(registry.current().table(CUSTOMERS)).contains(customers());
            assertThat(registry.current().views()).containsExactly(view("Revenue", "select 1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void publishesNothingWhenNothingChanged(Place place) {
        try (Registry registry = open(place)) {
            registry.publish(seen(customers(), orders()));
            clock.advance(Duration.ofMinutes(1));

            Publication again = registry.publish(seen(customers(), orders()));

            assertThat(again.published()).isFalse();
            assertThat(again.version()).isEqualTo(1);
            assertThat(registry.current().source(CRM).orElseThrow().observedAt())
                    .contains(clock.instant());
        }
    }

    @ParameterizedTest
    @EnumSource
    void sharesUnchangedTablesBetweenVersions(Place place) {
        try (Registry registry = open(place)) {
            registry.publish(seen(customers(), orders()));
            CatalogSnapshot before = registry.current();

            registry.publish(seen(customers()));

            assertThat(registry.current().table(CUSTOMERS).orElseThrow())
                    .isSameAs(before.table(CUSTOMERS).orElseThrow());
            assertThat(before.table(orders().name())).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsHistoryAndTellsWhatChanged(Place place) {
        try (Registry registry = open(place)) {
            registry.publish(seen(customers()));
            TableDescriptor narrower = TableDescriptor.of(
                    CUSTOMERS, customers().kind(), customers().columns().subList(0, 2));
            List<CatalogChange> changes =
                    registry.publish(seen(narrower, orders())).changes();

            assertThat(changes)
                    .contains(new ColumnRemoved(CUSTOMERS, customers().columns().get(2)));
            assertThat(changes).contains(new TableAdded(orders().name(), orders().kind()));
            assertThat(registry.diff(1, 2)).isEqualTo(changes);
            assertThat(registry.diff(2, 1)).contains(new TableRemoved(orders().name()));
            assertThat(registry.snapshotAt(1).orElseThrow().table(CUSTOMERS)).contains(customers());
            assertThat(registry.snapshotAt(0).orElseThrow().sources()).isEmpty();
            assertThat(registry.snapshotAt(3)).isEmpty();
            assertThat(registry.history())
                    .extracting(RegistryVersion::cause)
                    .containsExactly("introspected crm", "introspected crm");
            assertThat(registry.changes().stream().filter(c -> c.version() == 2).map(RecordedChange::description))
                    .containsExactlyElementsOf(
                            changes.stream().map(CatalogChange::description).toList());
        }
    }

    @Test
    void refusesToCompareWithAVersionThatNeverWas() {
        try (Registry registry = open(Place.MEMORY)) {
            assertThatThrownBy(() -> registry.diff(0, 7))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_NOT_FOUND))
                    .hasMessageContaining("no version 7");
        }
    }

    @ParameterizedTest
    @EnumSource
    void newStatisticsAreANewVersionButNewerOnesOfTheSameFiguresAreNot(Place place) {
        try (Registry registry = open(place)) {
            registry.publish(seen(customers()));

            Publication shifted = registry.publish(seen(customers().withStatistics(statistics(200))));
            assertThat(shifted.changes())
                    .containsExactly(new StatisticsShifted(CUSTOMERS, Optional.empty(), "rows", 100, 200));
            assertThat(registry.snapshotAt(1).orElseThrow().table(CUSTOMERS)).contains(customers());

            TableStatistics later = new TableStatistics(
                    statistics(200).rowCount(),
                    Optional.of(Instant.parse("2025-01-01T00:00:00Z")),
                    statistics(200).columns());
            Publication younger = registry.publish(seen(customers().withStatistics(later)));
            assertThat(younger.published()).isFalse();
            assertThat(registry.current().table(CUSTOMERS).orElseThrow().statistics())
                    .isEqualTo(later);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureKeepsTheTablesAndSaysWhy(Place place) {
        try (Registry registry = open(place)) {
            registry.publish(seen(customers()));
            Instant observed = clock.instant();
            clock.advance(Duration.ofHours(1));

            registry.recordFailure(CRM, "postgresql", "Source 'crm' cannot be reached");

            SourceSnapshot source = registry.current().source(CRM).orElseThrow();
            assertThat(registry.current().version()).isEqualTo(1);
            assertThat(source.tables()).containsExactly(customers());
            assertThat(source.lastError()).contains("Source 'crm' cannot be reached");
            assertThat(source.observedAt()).contains(observed);

            registry.publish(seen(customers()));
            assertThat(registry.current().source(CRM).orElseThrow().lastError()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatWasNeverReachedIsKnownByItsFailure(Place place) {
        try (Registry registry = open(place)) {
            registry.recordFailure(CRM, "postgresql", "wrong password");

            SourceSnapshot source = registry.current().source(CRM).orElseThrow();
            assertThat(source.kind()).isEqualTo("postgresql");
            assertThat(source.observedAt()).isEmpty();
            assertThat(source.lastError()).contains("wrong password");
        }
    }

    @ParameterizedTest
    @EnumSource
    void forgetsSourcesThatLeftTheConfiguration(Place place) {
        try (Registry registry = open(place)) {
            SourceId other = new SourceId("other");
            registry.publish(seen(customers()));
            registry.publish(new SourceObservation(other, "sqlite", "SQLite 3", List.of(), clock.instant()));

            registry.retainSources(List.of(other));

            assertThat(registry.current().sources())
                    .extracting(SourceSnapshot::id)
                    .containsExactly(other);
            assertThat(registry.current().table(CUSTOMERS)).isEmpty();
            assertThat(registry.retainSources(List.of(other)).published()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void viewsAreFoundWithoutCase(Place place) {
        try (Registry registry = open(place)) {
            registry.createView(view("Revenue", "select 1"), Existing.FAIL);

            assertThatThrownBy(() -> registry.createView(view("REVENUE", "select 2"), Existing.FAIL))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_EXISTS))
                    .hasMessageContaining("'Revenue'");
            registry.createView(view("REVENUE", "select 2"), Existing.REPLACE);
            assertThat(registry.current().views()).containsExactly(view("REVENUE", "select 2"));

            assertThat(registry.dropView("revenue")).isTrue();
            assertThat(registry.dropView("revenue")).isFalse();
            assertThat(registry.current().views()).isEmpty();
            assertThat(registry.snapshotAt(1).orElseThrow().views()).containsExactly(view("Revenue", "select 1"));
        }
    }

    @Test
    void noticesWhatAnotherProcessPublished() {
        try (Registry ours = open(Place.FILE);
                Registry theirs = open(Place.FILE)) {
            theirs.publish(seen(customers()));
            assertThat(ours.current().version()).isZero();

            clock.advance(Duration.ofSeconds(1));
            assertThat(ours.current().version()).isEqualTo(1);

            ours.createView(view("a", "select 1"), Existing.FAIL);
            theirs.createView(view("b", "select 1"), Existing.FAIL);
            assertThat(theirs.current().version()).isEqualTo(3);
            assertThat(theirs.current().views()).hasSize(2);
        }
    }

    private ViewDescriptor view(String name, String sql) {
        return new ViewDescriptor(name, sql, List.of("a", "b"), List.of("crm.public"), "ann", clock.instant());
    }
}
