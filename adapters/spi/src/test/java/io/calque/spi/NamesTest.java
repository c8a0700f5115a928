package io.calque.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "1crm", "_crm", "a b", "a.b", "é", "a'"})
    void sourceNamesAreRefusedWithWhatIsAllowed(String name) {
        assertThatThrownBy(() -> new SourceId(name))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("starting with a letter");
    }

    @Test
    void sourceNamesHaveAtMostSixtyThreeCharacters() {
        assertThat(new SourceId("a".repeat(63)).value()).hasSize(63);
        assertThatThrownBy(() -> new SourceId("a".repeat(64))).isInstanceOf(QueryException.class);
    }

    @Test
    void tableNamesSortBySourceThenSchemaThenTable() {
        List<TableName> names = Stream.of("b.a.a", "a.b.a", "a.a.b", "a.a.a")
                .map(n -> n.split("\\."))
                .map(n -> new TableName(new SourceId(n[0]), n[1], n[2]))
                .sorted()
                .toList();
        assertThat(names).extracting(TableName::toString).containsExactly("a.a.a", "a.a.b", "a.b.a", "b.a.a");
        assertThat(names.get(1).path()).containsExactly("a", "a", "b");
    }

    @Test
    void tableNamesHaveNoEmptyPart() {
        assertThatThrownBy(() -> new TableName(new SourceId("a"), "", "t"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
