package io.calque.nl2plan.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.type.DataType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as systems that grew have them: abbreviated, with prefixes that a table's columns share. */
class NamesAsTheyAreTest {
    private final List<TableDescriptor> tables = List.of(
            table("hx_vessels", "vs_id", "vs_call_sgn", "vs_dlvry_dt"),
            table("hx_voyages", "vy_id", "vy_vs_id", "vy_sched_dep_ts"),
            table("hx_supp_tkt", "tkt_id", "prio", "subj", "min_lvl_no"));
    private final Lexicon lexicon = new Lexicon(tables, Thesaurus.load());

    private static TableDescriptor table(String name, String... columns) {
        return TableDescriptor.of(
                new TableName(new SourceId("names"), "public", name),
                TableKind.TABLE,
                Stream.of(columns)
                        .map(c -> ColumnDescriptor.of(c, DataType.VARCHAR, "text", Nullability.NULLABLE))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "0,vs_dlvry_dt,delivery date",
        "1,vy_vs_id,vessels id",
        "1,vy_sched_dep_ts,scheduled departure timestamp",
        "2,prio,priority",
        "2,subj,subject",
        "2,min_lvl_no,minimum level number"
    })
    void spellsColumnsOut(int table, String column, String words) {
        TableDescriptor of = tables.get(table);

        assertThat(String.join(" ", lexicon.spelledOut(of, of.column(column).orElseThrow())))
                .isEqualTo(words);
    }

    @Test
    void readsAnAbbreviationByWhatStandsBesideIt() {
        assertThat(lexicon.spelledOut(tables.get(2))).containsExactly("support", "ticket");
    }
}
