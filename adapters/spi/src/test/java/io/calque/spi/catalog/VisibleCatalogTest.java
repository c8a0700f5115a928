package io.calque.spi.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.Annotation.Target;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.IndexDescriptor.IndexColumn;
import io.calque.spi.catalog.OverriddenTable.FromColumn;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import io.calque.spi.ontology.OntologyEntry.Dimension;
import io.calque.spi.ontology.OntologyEntry.Level;
import io.calque.spi.ontology.OntologyEntry.Metric;
import io.calque.spi.ontology.OntologyEntry.Relation;
import io.calque.spi.ontology.OntologyEntry.Term;
import io.calque.spi.ontology.OntologyEntry.Unit;
import io.calque.spi.ontology.OntologyEntry.ValueAlias;
import io.calque.spi.type.DataType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VisibleCatalogTest {
    private static final SourceId HR = new SourceId("hr");
    private static final TableName STAFF = new TableName(HR, "main", "staff");
    private static final TableName BADGE = new TableName(HR, "main", "badge");
    private static final Principal ANN = new Principal("ann", List.of());
    private static final Principal BOSS = new Principal("boss", List.of());

    /** Nobody but the boss sees what people earn, nor the number that it is paid under. */
    private static final AccessPolicy POLICY = new AccessPolicy() {
        @Override
        public boolean mayRead(Principal principal, TableName table) {
            return true;
        }

        @Override
        public boolean mayRead(Principal principal, TableName table, String column) {
            return principal.equals(BOSS)
                    || !table.equals(STAFF)
                    || !List.of("salary", "tax_no").contains(column);
        }

        @Override
        public boolean mayPassThrough(Principal principal, SourceId source) {
            return false;
        }

        @Override
        public String digest(Principal principal) {
            return principal.name();
        }
    };

    private static TableDescriptor table(
            TableName name, List<String> columns, List<ForeignKeyDescriptor> references, Map<String, String> facts) {
        TreeMap<String, ColumnStatistics> statistics = new TreeMap<>();
        columns.forEach(c -> statistics.put(c, ColumnStatistics.UNKNOWN));
        return new TableDescriptor(
                name,
                TableKind.TABLE,
                columns.stream()
                        .map(c -> ColumnDescriptor.of(c, DataType.BIGINT, "bigint", Nullability.NOT_NULL))
                        .toList(),
                Optional.of(new KeyDescriptor("", List.of(columns.get(0)))),
                columns.contains("tax_no") ? List.of(new KeyDescriptor("", List.of("tax_no"))) : List.of(),
                references,
                List.of(
                        index("plain", new IndexColumn(columns.get(0), false, false), ""),
                        index("on_column", new IndexColumn("salary", false, false), ""),
                        index("on_expression", new IndexColumn("abs(\"Salary\")", true, false), ""),
                        index("partial", new IndexColumn(columns.get(0), false, false), "salary > 10")),
                Optional.empty(),
                new TableStatistics(OptionalDouble.of(3), Optional.empty(), statistics),
                "",
                new TreeMap<>(facts));
    }

    private static IndexDescriptor index(String name, IndexColumn column, String condition) {
        return new IndexDescriptor(name, "btree", List.of(column), false, condition);
    }

    private static Relationship relationship(String from, String to) {
        return new Relationship(
                Relationship.End.of(BADGE, from),
                Relationship.End.of(STAFF, to),
                Relationship.Cardinality.MANY_TO_ONE,
                1,
                List.of(),
                Relationship.State.CONFIRMED);
    }

    private static Annotation annotation(Target target, Aspect aspect, String value) {
        return new Annotation(target, aspect, "", value, 1, "x", Instant.EPOCH, Optional.empty());
    }

    private static Metric metric(String name, String table, String sql) {
        return new Metric(name, List.of(), List.of(), "", table, sql, "", "");
    }

    private static CatalogSnapshot catalog() {
        TableDescriptor staff = table(STAFF, List.of("id", "city", "salary", "tax_no"), List.of(), Map.of());
        TableDescriptor badge = table(
                BADGE,
                List.of("id", "staff_id", "paid_as", "total"),
                List.of(
                        new ForeignKeyDescriptor("kept", List.of("staff_id"), STAFF, List.of("id")),
                        new ForeignKeyDescriptor("gone", List.of("paid_as"), STAFF, List.of("tax_no"))),
                Map.of(Facts.DEFINITION, "SELECT salary FROM staff", "oid", "7"));
        Ontology ontology = Ontology.of(List.<OntologyEntry>of(
                metric("headcount", "staff", "COUNT(*)"),
                metric("payroll", "staff", "SUM(\"SALARY\") / COUNT(*)"),
                metric("badge payroll", "hr.main.badge", "SUM(staff.salary)"),
                metric("badges", "badge", "SUM(total)"),
                new Term("rich", List.of(), List.of(), "", "", "staff", "", "salary > 100", ""),
                new Term("local", List.of(), List.of(), "", "", "staff", "", "city = 'salary'", ""),
                new Dimension(
                        "pay",
                        List.of(),
                        List.of(),
                        "",
                        List.of(
                                new Level("band", List.of(), "staff", "salary / 1000"),
                                new Level("town", List.of(), "staff", "city"))),
                new ValueAlias("staff", "salary", "1", List.of("little"), List.of()),
                new Unit("euro", List.of(), List.of("staff.salary", "badge.total")),
                new Relation("", "badge", List.of("paid_as"), "staff", List.of("tax_no"), "", "")));
        return new CatalogSnapshot(
                7,
                Instant.EPOCH,
                List.of(new SourceSnapshot(HR, "fake", "", List.of(staff, badge), Optional.empty(), Optional.empty())),
                List.of(),
                List.of(relationship("staff_id", "id"), relationship("paid_as", "tax_no")),
                List.of(
                        annotation(Target.of(STAFF, "city"), Aspect.TAG, "kept"),
                        annotation(Target.of(STAFF, "salary"), Aspect.TAG, "gone"),
                        annotation(Target.of(STAFF, "pay"), Aspect.NAME, "salary"),
                        annotation(Target.of(STAFF), Aspect.KEY, "[\"id\", \"tax_no\"]")),
                List.of(new OverriddenTable(
                        staff,
                        staff,
                        List.of(new FromColumn(0), new FromColumn(1), new FromColumn(2), new FromColumn(3)))),
                ontology);
    }

    @Test
    void whoMaySeeEverythingGetsTheSnapshotItself() {
        CatalogSnapshot catalog = catalog();
        assertThat(VisibleCatalog.of(catalog, BOSS, POLICY)).isSameAs(catalog);
        assertThat(catalog.whole()).isSameAs(catalog);
    }

    @Test
    void leavesOutAColumnWithAllThatIsKnownOfIt() {
        CatalogSnapshot catalog = catalog();
        CatalogSnapshot seen = VisibleCatalog.of(catalog, ANN, POLICY);
        TableDescriptor staff = seen.table(STAFF).orElseThrow();
        TableDescriptor badge = seen.table(BADGE).orElseThrow();

        assertThat(seen.whole()).isSameAs(catalog);
        assertThat(seen.version()).isEqualTo(7);
        assertThat(staff.columns()).extracting(ColumnDescriptor::name).containsExactly("id", "city");
        assertThat(staff.statistics().columns()).containsOnlyKeys("id", "city");
        assertThat(staff.primaryKey()).isPresent();
        assertThat(staff.uniqueKeys()).isEmpty();
        assertThat(staff.indexes()).extracting(IndexDescriptor::name).containsExactly("plain");
        assertThat(badge.foreignKeys()).extracting(ForeignKeyDescriptor::name).containsExactly("kept");
        assertThat(badge.facts()).containsOnlyKeys("oid");
        assertThat(seen.relationships()).containsExactly(relationship("staff_id", "id"));
        assertThat(seen.annotations()).extracting(Annotation::value).containsExactly("kept");
        OverriddenTable overridden = seen.overridden(STAFF).orElseThrow();
        assertThat(overridden.shown()).isEqualTo(staff);
        assertThat(overridden.observed()).isEqualTo(catalog.table(STAFF).orElseThrow());
        assertThat(overridden.origins()).containsExactly(new FromColumn(0), new FromColumn(1));
        assertThat(VisibleCatalog.of(seen, ANN, POLICY)).isSameAs(seen);
    }

    @Test
    void leavesOutTheEntriesOfTheOntologyThatNameIt() {
        Ontology seen = VisibleCatalog.of(catalog(), ANN, POLICY).ontology();
        assertThat(seen.metrics()).extracting(Metric::name).containsExactly("headcount", "badges");
        assertThat(seen.terms()).extracting(Term::name).containsExactly("local");
        assertThat(seen.dimensions().get(0).levels()).extracting(Level::name).containsExactly("town");
        assertThat(seen.values()).isEmpty();
        assertThat(seen.units().get(0).columns()).containsExactly("badge.total");
        assertThat(seen.relationships()).isEmpty();
    }

    @Test
    void leavesOutATableOfWhichNoColumnMayBeRead() {
        AccessPolicy nothingOfStaff = new AccessPolicy() {
            @Override
            public boolean mayRead(Principal principal, TableName table) {
                return true;
            }

            @Override
            public boolean mayRead(Principal principal, TableName table, String column) {
                return !table.equals(STAFF);
            }

            @Override
            public boolean mayPassThrough(Principal principal, SourceId source) {
                return false;
            }

            @Override
            public String digest(Principal principal) {
                return "no staff";
            }
        };
        CatalogSnapshot seen = VisibleCatalog.of(catalog(), ANN, nothingOfStaff);
        assertThat(seen.table(STAFF)).isEmpty();
        assertThat(seen.table(BADGE).orElseThrow().foreignKeys()).isEmpty();
        assertThat(seen.overridden(STAFF)).isEmpty();
        assertThat(seen.ontology().metrics()).extracting(Metric::name).containsExactly("badges");
    }
}
