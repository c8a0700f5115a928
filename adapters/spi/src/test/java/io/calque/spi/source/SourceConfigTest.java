package io.calque.spi.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.spi.SourceId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceConfigTest {
    private static SourceConfig config(List<String> include, List<String> exclude, int permits, int poolSize) {
        return new SourceConfig(
                new SourceId("crm"),
                "sqlite",
                "jdbc:sqlite:x.db",
                Optional.empty(),
                Optional.empty(),
                include,
                exclude,
                permits,
                poolSize,
                Duration.ofSeconds(1),
                new TreeMap<>());
    }

    private static List<String> patterns(String spaced) {
        return spaced == null ? List.of() : Arrays.asList(spaced.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        ", , public, orders, true",
        "public.*, , public, orders, true",
        "public.*, , audit, orders, false",
        "orders, , audit, ORDERS, true",
        "ord*, , public, orders, true",
        "ord*, , public, reorders, false",
        "*.order_*, , s, order_items, true",
        "*, orders, public, orders, false",
        "public.orders, public.*, public, orders, false",
        ", *_tmp, public, a_tmp, false",
        "a.b, , a, xb, false",
        "a b, , x, b, true",
        "(x), , public, (x), true",
    })
    void patternsSelectTables(String include, String exclude, String schema, String table, boolean selected) {
        assertThat(config(patterns(include), patterns(exclude), 1, 1).selects(schema, table))
                .isEqualTo(selected);
    }

    @Test
    void aPoolIsNoSmallerThanThePermits() {
        assertThatThrownBy(() -> config(List.of(), List.of(), 0, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> config(List.of(), List.of(), 5, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void passwordsNeverShowThemselves() {
        SourceConfig config = config(List.of(), List.of(), 1, 1).withCredentials("ann", new Secret("hunter2"));
        assertThat(config.toString()).doesNotContain("hunter2").contains("***");
        assertThat(config.password().orElseThrow().reveal()).isEqualTo("hunter2");
    }
}
