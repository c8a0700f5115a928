package io.calque.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.jdbc.torture.CatalogText;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector.Observation;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import io.calque.testkit.contract.AdapterContractTest;
import io.calque.testkit.contract.ContractDatabase;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Releases that users still run: the torture schema on each, and the whole contract on the oldest. Skipped without {@code -Pfull}, and
 * where a release is not in Maven's local repository.
 */
class PostgresReleasesIT {
    private static final String OLDEST = "12.22.0";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {OLDEST, "13.23.0", "14.22.0", "15.19.0", "16.15.0", "17.11.0"})
    void introspectsAndReadsAsTheNewest(String release) throws Exception {
        try (PostgresRelease server = PostgresRelease.start(release)) {
            PostgresTorture torture = PostgresTorture.create(server.create("torture"), directory);
            TreeMap<String, String> wrong = new TreeMap<>();
            try (Source source = PostgresTorture.open(torture.config());
                    DriverValues stored = DriverValues.of(torture.database())) {
                Observation seen = source.introspector().observe(Progress.SILENT);
                assertThat(seen.product()).startsWith("PostgreSQL " + release.replaceAll("\\..*", ""));
                assertThat(CatalogText.of(source.introspector().observe(Progress.SILENT)))
                        .isEqualTo(CatalogText.of(seen));
                assertThat(source.introspector().recorded(seen.tables())).hasSizeGreaterThan(30);
                for (TableDescriptor table : DriverValues.ordinary(seen)) {
                    stored.compare(table, DriverValues.read(source, table), wrong);
                    source.introspector().measure(table, Budget.DEFAULT);
                }
            }
            assertThat(wrong).isEmpty();
        }
    }

    @Nested
    class OldestContract extends AdapterContractTest {
        @Override
        protected ContractDatabase database() {
            PostgresRelease server = PostgresRelease.start(OLDEST);
            return new PostgresContractIT.Database(server.create("contract"), server::close);
        }
    }
}
