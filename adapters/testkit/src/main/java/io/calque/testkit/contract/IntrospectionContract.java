package io.calque.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import io.calque.spi.source.ValueScan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a source says of itself: every table with its columns in the promised types, keys, and honest statistics. */
interface IntrospectionContract extends Chapter {
    @Test
    default void findsEveryColumnInItsPromisedType() {
        for (FixtureTable table : Fixture.ALL) {
            for (FixtureTable.Column column : world().fixture(table).columns()) {
                ColumnDescriptor found = world().column(table, column.name());
                assertThat(found.type())
                        .as("%s.%s", table.name(), column.name())
                        .isEqualTo(world().database().stored(column.type()).orElseThrow());
                assertThat(found.nativeType())
                        .as("native type of %s", column.name())
                        .isNotBlank();
            }
        }
    }

    @Test
    default void keepsTheOrderOfTheColumns() {
        assertThat(world().described(Fixture.LONG).columns().stream().map(ColumnDescriptor::name))
                .containsSubsequence("id", "pad");
    }

    @Test
    default void findsTheKeys() {
        for (FixtureTable table : Fixture.ALL) {
            table.key().ifPresent(key -> {
                TableDescriptor described = world().described(table);
                assertThat(Stream.concat(described.primaryKey().stream(), described.uniqueKeys().stream())
                                .map(KeyDescriptor::columns))
                        .as("keys of %s", table.name())
                        .contains(List.of(key));
            });
        }
    }

    /** A column that holds NULL but is said not to would make the planner drop rows. */
    @Test
    default void neverCallsAColumnWithNullsNotNull() {
        for (FixtureTable table : List.of(Fixture.KINDS, Fixture.PEOPLE, Fixture.ORDERS, Fixture.TWINS)) {
            FixtureTable stored = world().fixture(table);
            for (int i = 0; i < stored.columns().size(); i++) {
                int index = i;
                String name = stored.columns().get(i).name();
                if (stored.rows().stream().anyMatch(row -> row.get(index) == null)) {
                    assertThat(world().column(table, name).nullable())
                            .as("%s.%s", table.name(), name)
                            .isTrue();
                }
            }
        }
    }

    @Test
    default void reportsAProduct() {
        Introspector.Observation observation = world().source().introspector().observe(Progress.SILENT);
        assertThat(observation.product()).isNotBlank();
    }

    @Test
    default void leavesOutWhatTheConfigurationExcludes() {
        SourceConfig all = world().database().config();
        SourceConfig some = new SourceConfig(
                all.id(),
                all.kind(),
                all.url(),
                all.user(),
                all.password(),
                List.of("*.people", "*.orders"),
                List.of("ord*"),
                all.permits(),
                all.poolSize(),
                all.connectTimeout(),
                all.options());
        try (Source source = world().database().adapter().open(some)) {
            assertThat(source.introspector().observe(Progress.SILENT).tables().stream()
                            .map(t -> t.name().table()))
                    .containsExactly(Fixture.PEOPLE.name());
        }
    }

    @Test
    default void measuresRowsAndColumnsWithinItsBudget() {
        Introspector introspector = world().source().introspector();
        TableStatistics people = introspector.measure(world().described(Fixture.PEOPLE), Budget.DEFAULT);
        people.rowCount().ifPresent(count -> assertThat(count).isEqualTo(7));
        people.column("city")
                .nullFraction()
                .ifPresent(nulls -> assertThat(nulls).isBetween(0.2, 0.4));
        people.column("id").distinctCount().ifPresent(count -> assertThat(count).isBetween(6.0, 8.0));
        people.column("id").min().ifPresent(min -> assertThat(min).isEqualTo("1"));
        people.column("salary").max().ifPresent(max -> assertThat(max).startsWith("5200"));
        TableStatistics nothing = introspector.measure(world().described(Fixture.VACANT), Budget.DEFAULT);
        nothing.rowCount().ifPresent(count -> assertThat(count).isZero());
    }

    /** Values of different sources are compared as text: the same value must be the same text everywhere. */
    @Test
    default void handsOutValuesInTheSpellingOfAllSources() {
        FixtureTable people = world().fixture(Fixture.PEOPLE);
        List<String> handedOut = new ArrayList<>();
        ValueScan scan = values(
                Budget.DEFAULT, row -> handedOut.add(row[0] + "|" + row[1] + "|" + row[2]), "city", "id", "salary");
        if (scan.coverage() == ValueScan.Coverage.UNSUPPORTED) {
            return;
        }
        assertThat(scan.coverage()).isEqualTo(ValueScan.Coverage.COMPLETE);
        assertThat(scan.rows()).isEqualTo(handedOut.size());
        assertThat(handedOut)
                .containsExactlyInAnyOrderElementsOf(people.rows().stream()
                        .map(row -> row.get(2) + "|" + plain(row.get(0)) + "|" + plain(row.get(4)))
                        .toList());
    }

    @Test
    default void handsOutNoMoreRowsThanTheBudgetAllows() {
        List<String> handedOut = new ArrayList<>();
        ValueScan scan = values(new Budget(3, Duration.ofSeconds(5)), row -> handedOut.add(row[0] + ""), "id");
        if (scan.coverage() != ValueScan.Coverage.UNSUPPORTED) {
            assertThat(handedOut).hasSizeLessThanOrEqualTo(3);
            assertThat(scan.coverage()).isEqualTo(ValueScan.Coverage.PARTIAL);
        }
    }

    private ValueScan values(Budget budget, ValueScan.Sink sink, String... columns) {
        return world().source()
                .introspector()
                .values(world().described(Fixture.PEOPLE), List.of(columns), budget, sink);
    }

    private static @Nullable String plain(@Nullable Object number) {
        return number == null
                ? null
                : new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }
}
