package io.calque.registry.relate;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.registry.relate.TableNaming.Match;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameWordsTest {
    @ParameterizedTest
    @CsvSource({
        "InvoiceLineId, invoice line id",
        "order_items, order item",
        "HTTPStatus, http status",
        "addresses, address",
        "categories, category",
        "c17, c",
        "status, status"
    })
    void splitsNamesIntoWordsInTheSingular(String name, String words) {
        assertThat(String.join(" ", NameWords.of(name))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "l_orderkey, l, order, true",
        "customerid, '', customer, true",
        "paid, '', paid, false",
        "supportrepid, '', supportrep, true",
        "ref_a, '', '', true",
        "id, '', '', true",
        "genre.genre_id, '', genre, true",
        "customer.id, '', customer, true",
        "Matr_Nr, '', matr, true",
        "matrnr, '', matr, true"
    })
    void readsStemAndMarkerOfAColumn(String name, String prefix, String stem, boolean marked) {
        ColumnName read = ColumnName.of(name, prefix, Set.of("order", "customer", "matrikel"));
        assertThat(String.join(" ", read.stem())).isEqualTo(stem);
        assertThat(read.marked()).isEqualTo(marked);
    }

    @Test
    void findsThePrefixThatATableSharesAndNoLongWord() {
        assertThat(ColumnName.sharedPrefix(List.of("l_orderkey", "l_partkey", "l_tax")))
                .isEqualTo("l");
        assertThat(ColumnName.sharedPrefix(List.of("customer_id", "customer_name", "customer_city")))
                .isEmpty();
        assertThat(ColumnName.sharedPrefix(List.of("id", "a_b", "name"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "customer, customer, WHOLE",
        "billing customer, customer, IN_ROLE",
        "cust, customer, SHORT",
        "dept, department, SHORT",
        "po, purchase order, SHORT",
        "invoiceline, invoice line, WHOLE",
        "item, order item, HEAD",
        "playlist, playlist track, NONE",
        "part, department, NONE"
    })
    void matchesWordsWithTables(String stem, String table, Match match) {
        assertThat(TableNaming.match(List.of(stem.split(" ")), List.of(table.split(" "))))
                .isEqualTo(match);
    }

    @Test
    void knowsMeasuresByTheirLastWord() {
        assertThat(ColumnName.of("order_quantity", "", Set.of()).measure()).isTrue();
        assertThat(ColumnName.of("l_linenumber", "l", Set.of()).measure()).isTrue();
        assertThat(ColumnName.of("year_book", "", Set.of()).measure()).isFalse();
    }
}
