package io.calque.registry.override;

import static io.calque.registry.SampleTables.CRM;
import static io.calque.registry.SampleTables.CUSTOMERS;
import static io.calque.registry.SampleTables.ORDERS;
import static io.calque.registry.SampleTables.customers;
import static io.calque.registry.SampleTables.orders;
import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.TableName;
import io.calque.spi.catalog.Annotation;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.Annotation.Target;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.OverriddenTable;
import io.calque.spi.catalog.OverriddenTable.FromColumn;
import io.calque.spi.catalog.OverriddenTable.FromMembers;
import io.calque.spi.catalog.OverriddenTable.Member;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.type.DataType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverriddenCatalogTest {
    private static final TableName PEOPLE = new TableName(CRM, "public", "people");

    private static CatalogSnapshot shown(List<TableDescriptor> tables, Annotation... said) {
        SourceSnapshot source = new SourceSnapshot(CRM, "fake", "p", tables, Optional.empty(), Optional.empty());
        return OverriddenCatalog.of(new CatalogSnapshot(
                1, Instant.EPOCH, List.of(source), List.of(), List.of(), Arrays.asList(said), List.of()));
    }

    private static Annotation say(Target target, Aspect aspect, String value) {
        return new Annotation(target, aspect, "", value, 1, "ann", Instant.EPOCH, Optional.empty());
    }

    private static TableDescriptor table(CatalogSnapshot catalog, TableName name) {
        return catalog.table(name).orElseThrow();
    }

    @Test
    void withoutOverridesTheObservedSnapshotIsTheCatalog() {
        CatalogSnapshot catalog = shown(List.of(orders()), say(Target.of(ORDERS), Aspect.OWNER, "sales"));
        assertThat(catalog.table(ORDERS)).contains(orders());
        assertThat(catalog.overridden(ORDERS)).isEmpty();
    }

    @Test
    void aRenamedTableKeepsItsKeysAndIsFoundByThoseWhoReferToIt() {
        CatalogSnapshot catalog = shown(
                List.of(orders(), customers()),
                say(Target.of(CUSTOMERS), Aspect.NAME, "people"),
                say(Target.of(CUSTOMERS, "id"), Aspect.NAME, "person"),
                say(Target.of(ORDERS), Aspect.NAME, "sales"));

        assertThat(catalog.table(CUSTOMERS)).isEmpty();
        TableDescriptor people = table(catalog, PEOPLE);
        assertThat(people.primaryKey().orElseThrow().columns()).containsExactly("person");
        assertThat(people.foreignKeys().get(0).target().table()).isEqualTo("sales");
        assertThat(people.indexes().get(0).columns().get(0).name()).isEqualTo("person");
        assertThat(people.nestedIn().orElseThrow().collection().table()).isEqualTo("sales");
        assertThat(people.statistics().columns()).containsKey("person").doesNotContainKey("id");
        OverriddenTable overridden = catalog.overridden(PEOPLE).orElseThrow();
        assertThat(overridden.observed()).isEqualTo(customers());
        assertThat(overridden.origins()).containsExactly(new FromColumn(0), new FromColumn(1), new FromColumn(2));
    }

    @Test
    void aHiddenColumnTakesItsKeysAlong() {
        TableDescriptor people = table(
                shown(List.of(customers(), orders()), say(Target.of(CUSTOMERS, "id"), Aspect.HIDDEN, "true")),
                CUSTOMERS);
        assertThat(people.columns()).extracting(ColumnDescriptor::name).containsExactly("Näme \"x\"", "address.city");
        assertThat(people.primaryKey()).isEmpty();
        assertThat(people.uniqueKeys()).isEmpty();
        assertThat(people.foreignKeys()).isEmpty();
        assertThat(people.indexes()).isEmpty();
    }

    @Test
    void aHiddenTableIsNotThere() {
        CatalogSnapshot catalog = shown(List.of(customers(), orders()), say(Target.of(ORDERS), Aspect.HIDDEN, "true"));
        assertThat(catalog.table(ORDERS)).isEmpty();
        assertThat(catalog.table(CUSTOMERS)).isPresent();
    }

    @Test
    void figuresOfARetypedColumnKeepNoValues() {
        TableDescriptor people = table(
                shown(List.of(customers(), orders()), say(Target.of(CUSTOMERS, "id"), Aspect.TYPE, "VARCHAR")),
                CUSTOMERS);
        ColumnStatistics id = people.statistics().column("id");
        assertThat(people.column("id").orElseThrow().type()).isEqualTo(DataType.VARCHAR);
        assertThat(id.distinctCount()).hasValue(100);
        assertThat(id.min()).isEmpty();
    }

    @Test
    void aDeclaredKeyIsToldToThePlannerInTheSourcesNames() {
        CatalogSnapshot catalog = shown(
                List.of(orders()),
                say(Target.of(ORDERS), Aspect.KEY, "[\"id\"]"),
                say(Target.of(ORDERS, "id"), Aspect.NAME, "number"));
        assertThat(table(catalog, ORDERS).primaryKey()).contains(new KeyDescriptor("", List.of("number")));
        assertThat(catalog.overridden(ORDERS).orElseThrow().observed().primaryKey())
                .contains(new KeyDescriptor("", List.of("id")));
    }

    @Test
    void nestedColumnsBecomeOneDocument() {
        TableDescriptor nested = TableDescriptor.of(
                ORDERS,
                TableKind.COLLECTION,
                List.of(
                        ColumnDescriptor.of("_id", DataType.VARCHAR, "objectId", Nullability.NOT_NULL),
                        ColumnDescriptor.of("ship.city", DataType.VARCHAR, "string", Nullability.NULLABLE),
                        ColumnDescriptor.of("ship.at.lat", DataType.DOUBLE, "double", Nullability.NULLABLE),
                        ColumnDescriptor.of("total", DataType.DOUBLE, "double", Nullability.NULLABLE)));
        CatalogSnapshot catalog = shown(List.of(nested), say(Target.of(ORDERS, "ship"), Aspect.NESTING, "json"));

        assertThat(table(catalog, ORDERS).columns())
                .extracting(ColumnDescriptor::name)
                .containsExactly("_id", "ship", "total");
        assertThat(catalog.overridden(ORDERS).orElseThrow().origins())
                .containsExactly(
                        new FromColumn(0),
                        new FromMembers(List.of(new Member(List.of("city"), 1), new Member(List.of("at", "lat"), 2))),
                        new FromColumn(3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TYPE    | id   | BOGUS      | 'BOGUS' is no type
            TYPE    | id   | DATE       | a column of type BIGINT cannot be read as DATE
            TYPE    | gone | DATE       | table crm.public.orders has no column gone
            NAME    | id   | customer_id| another column of crm.public.orders is called customer_id
            NESTING | id   | json       | no column is nested in 'id'
            KEY     | id   | ["id"]     | a key belongs to a table, not to a column
            KEY     |      | ["nope"]   | table crm.public.orders has no column nope
            KEY     |      | id         | 'id' is no JSON list of columns
            NAME    |      | customers  | another table is called crm.public.customers
            """)
    void saysWhyAnOverrideHasNoEffect(Aspect aspect, String column, String value, String problem) {
        Target target = column == null ? Target.of(ORDERS) : Target.of(ORDERS, column);
        CatalogSnapshot catalog = shown(List.of(orders(), customers()), say(target, aspect, value));
        assertThat(catalog.annotations().get(0).problem()).contains(problem);
        assertThat(catalog.table(ORDERS)).contains(orders());
    }
}
