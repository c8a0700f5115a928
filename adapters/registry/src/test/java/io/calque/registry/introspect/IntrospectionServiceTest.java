package io.calque.registry.introspect;

import static io.calque.registry.SampleTables.CRM;
import static io.calque.registry.SampleTables.CUSTOMERS;
import static io.calque.registry.SampleTables.ORDERS;
import static io.calque.registry.SampleTables.customers;
import static io.calque.registry.SampleTables.orders;
import static io.calque.registry.SampleTables.statistics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.registry.FakeSource;
import io.calque.registry.MutableClock;
import io.calque.registry.introspect.SourceReport.Outcome;
import io.calque.registry.store.Registry;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.Progress;
import io.calque.spi.type.DataType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IntrospectionServiceTest {
    private final MutableClock clock = new MutableClock();
    private final Registry registry = Registry.inMemory(clock);
    private ExecutorService executor = Executors.newFixedThreadPool(4);

    @AfterEach
    void close() {
        executor.shutdownNow();
        registry.close();
    }

    private List<SourceReport> introspect(FakeSource... sources) {
        return introspect(IntrospectionOptions.DEFAULT, sources);
    }

    private List<SourceReport> introspect(IntrospectionOptions options, FakeSource... sources) {
        return new IntrospectionService(registry, executor, clock, options)
                .introspect(List.of(sources), Progress.SILENT);
    }

    @Test
    void publishesTablesWithMeasuredStatistics() {
        FakeSource crm = new FakeSource("crm", orders());
        crm.statistics = table -> statistics(42);

        SourceReport report = introspect(crm).get(0);

        assertThat(report.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(report.tables()).isEqualTo(1);
        assertThat(report.columns()).isEqualTo(2);
        assertThat(report.measured()).isEqualTo(1);
        assertThat(report.failure()).isEmpty();
        assertThat(registry.current().table(ORDERS)).contains(orders().withStatistics(statistics(42)));
    }

    @Test
    void measuresOnlyWhatTheSourceHasNotRecordedItself() {
        FakeSource crm = new FakeSource("crm", orders(), customers());
        crm.recorded = Map.of(ORDERS, statistics(7));
        crm.statistics = table -> statistics(42);

        SourceReport report = introspect(crm).get(0);

        assertThat(report.measured()).isEqualTo(2);
        assertThat(crm.measured).containsExactly(CUSTOMERS);
        assertThat(registry.current().table(ORDERS)).contains(orders().withStatistics(statistics(7)));
    }

    @Test
    void publishesAndMeasuresNothingWhenNothingChanged() {
        FakeSource crm = new FakeSource("crm", orders());
        crm.statistics = table -> statistics(42);
        introspect(crm);
        crm.measured.clear();

        SourceReport report = introspect(crm).get(0);

        assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(crm.measured).isEmpty();
        assertThat(registry.current().version()).isEqualTo(1);
        assertThat(registry.current().table(ORDERS)).contains(orders().withStatistics(statistics(42)));
    }

    @Test
    void measuresAgainWhatIsOldOrMoved() {
        FakeSource crm = new FakeSource("crm", orders().withStatistics(statistics(100)));
        crm.statistics = table -> statistics(100);
        introspect(crm);
        crm.measured.clear();

        crm.shows(orders().withStatistics(statistics(105)));
        introspect(crm);
        assertThat(crm.measured).isEmpty();

        crm.shows(orders().withStatistics(statistics(150)));
        introspect(crm);
        assertThat(crm.measured).containsExactly(ORDERS);

        clock.advance(Duration.ofDays(1));
        crm.measured.clear();
        crm.shows(orders());
        introspect(crm);
        assertThat(crm.measured).containsExactly(ORDERS);
    }

    @Test
    void aFailingSourceFailsAloneAndKeepsItsTables() {
        FakeSource crm = new FakeSource("crm", customers());
        FakeSource other = new FakeSource("other");
        introspect(crm, other);
        crm.isDown();
        other.shows(TableDescriptor.of(new TableName(other.id(), "main", "t"), TableKind.TABLE, orders().columns()));

        List<SourceReport> reports = introspect(crm, other);

        assertThat(reports).extracting(SourceReport::source).containsExactly(CRM, other.id());
        assertThat(reports).extracting(SourceReport::outcome).containsExactly(Outcome.FAILED, Outcome.CHANGED);
        assertThat(reports.get(0).failure().orElseThrow().code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
        assertThat(reports.get(0).tables()).isEqualTo(1);
        assertThat(registry.current().source(CRM).orElseThrow().lastError()).contains("Source 'crm' cannot be reached");
        assertThat(registry.current().table(CUSTOMERS)).isPresent();
    }

    @Test
    void aDefectOfAnAdapterIsReportedAsSuch() {
        FakeSource crm = new FakeSource("crm");
        crm.observation = () -> {
            throw new IllegalStateException("boom");
        };

        assertThat(introspect(crm).get(0).failure().orElseThrow().code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
    }

    @Test
    void sourcesAreObservedAtTheSameTime() {
        CyclicBarrier both = new CyclicBarrier(2);
        FakeSource one = meeting("one", both);
        FakeSource two = meeting("two", both);

        assertThat(introspect(one, two)).extracting(SourceReport::outcome).containsOnly(Outcome.CHANGED);
    }

    private static FakeSource meeting(String id, CyclicBarrier barrier) {
        FakeSource source = new FakeSource(id);
        source.observation = () -> {
            try {
                barrier.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return new Introspector.Observation(FakeSource.PRODUCT, List.of(), List.of());
        };
        return source;
    }

    @Test
    void oneThreadIsEnough() {
        executor.shutdownNow();
        executor = Executors.newSingleThreadExecutor();

        assertThat(introspect(new FakeSource("one"), new FakeSource("crm", customers(), orders())))
                .extracting(SourceReport::outcome)
                .containsOnly(Outcome.CHANGED);
    }

    @Test
    void aSourceThatHangsIsGivenUp() {
        CountDownLatch interrupted = new CountDownLatch(1);
        FakeSource hanging = new FakeSource("hanging");
        hanging.observation = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            throw new IllegalStateException("late");
        };
        IntrospectionOptions hasty = new IntrospectionOptions(
                Duration.ofMillis(200), Duration.ofSeconds(1), Budget.DEFAULT, Duration.ofHours(1), 1, 0);

        List<SourceReport> reports = introspect(hasty, hanging, new FakeSource("crm", orders()));

        assertThat(reports).extracting(SourceReport::outcome).containsExactly(Outcome.FAILED, Outcome.CHANGED);
        assertThat(reports.get(0).failure().orElseThrow().message()).contains("did not list its tables");
        assertThat(await(interrupted)).isTrue();
    }

    private static FakeSource people() {
        TableDescriptor people = TableDescriptor.of(
                new TableName(CRM, "public", "people"),
                TableKind.TABLE,
                List.of(
                        ColumnDescriptor.of("id", DataType.BIGINT, "bigint", Nullability.NULLABLE),
                        ColumnDescriptor.of("country", DataType.VARCHAR, "text", Nullability.NULLABLE),
                        ColumnDescriptor.of("remark", DataType.VARCHAR, "text", Nullability.NULLABLE)));
        FakeSource crm = new FakeSource("crm", people);
        crm.values = Map.of(
                "country", List.of("France", "Chile", "France", "Japan"),
                "remark", List.of("a", "x".repeat(100), " ", "b"));
        return crm;
    }

    private List<String> samples(String column) {
        return registry.current()
                .table(new TableName(CRM, "public", "people"))
                .orElseThrow()
                .statistics()
                .column(column)
                .samples();
    }

    @Test
    void keepsAllValuesOfColumnsOfShortTextThatHaveFew() {
        introspect(IntrospectionOptions.DEFAULT.withValues(3), people());

        assertThat(samples("country")).containsExactly("Chile", "France", "Japan");
        assertThat(samples("remark")).containsExactly("a", "b");
        assertThat(samples("id")).isEmpty();
    }

    @Test
    void keepsNoValuesOfColumnsThatHaveMany() {
        introspect(IntrospectionOptions.DEFAULT.withValues(2), people());

        assertThat(samples("country")).isEmpty();
    }

    @Test
    void keepsNoValuesWhereTheConfigurationSaysSo() {
        introspect(IntrospectionOptions.DEFAULT.withValues(0), people());

        assertThat(samples("country")).isEmpty();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void measuringStopsWhenItsTimeIsOver() {
        FakeSource crm = new FakeSource("crm", customers().withStatistics(TableStatistics.UNKNOWN), orders());
        crm.statistics = table -> {
            long end = System.nanoTime() + Duration.ofMillis(30).toNanos();
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return statistics(1);
        };
        IntrospectionOptions shortTime = new IntrospectionOptions(
                Duration.ofSeconds(5), Duration.ofMillis(20), Budget.DEFAULT, Duration.ZERO, 1, 0);

        SourceReport report = introspect(shortTime, crm).get(0);

        assertThat(report.measured()).isEqualTo(1);
        assertThat(report.warnings())
                .containsExactly("tables not measured for want of time: 1; they keep the statistics they had");
        assertThat(crm.budgets).allSatisfy(b -> assertThat(b.time()).isLessThanOrEqualTo(Duration.ofMillis(20)));
    }

    @Test
    void aTableThatCannotBeMeasuredIsAWarning() {
        FakeSource crm = new FakeSource("crm", orders());
        crm.statistics = table -> {
            throw new QueryException(ErrorCode.SOURCE_REFUSED, "no right to read");
        };

        SourceReport report = introspect(crm).get(0);

        assertThat(report.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(report.warnings()).containsExactly("table crm.public.orders was not measured: no right to read");
    }

    @Test
    void aTableListedTwiceIsAWarning() {
        SourceReport report =
                introspect(new FakeSource("crm", orders(), orders())).get(0);

        assertThat(report.tables()).isEqualTo(1);
        assertThat(report.warnings()).containsExactly("table crm.public.orders was listed twice; the first one counts");
    }

    @Test
    void progressEndsComplete() {
        List<Long> done = Collections.synchronizedList(new ArrayList<>());
        List<Long> total = Collections.synchronizedList(new ArrayList<>());
        new IntrospectionService(registry, executor, clock, IntrospectionOptions.DEFAULT)
                .introspect(
                        List.of(new FakeSource("crm", customers(), orders()), new FakeSource("two")), (d, t, what) -> {
                            done.add(d);
                            total.add(t);
                        });

        assertThat(done.get(done.size() - 1)).isEqualTo(4);
        assertThat(total.get(total.size() - 1)).isEqualTo(4);
        assertThat(done).isSorted();
    }

    @Test
    void interruptingTheCallerCancels() {
        FakeSource crm = new FakeSource("crm", orders());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> introspect(crm))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(registry.current().source(new SourceId("crm"))).isEmpty();
    }
}
