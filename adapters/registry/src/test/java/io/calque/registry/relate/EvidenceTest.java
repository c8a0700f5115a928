package io.calque.registry.relate;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.registry.relate.World.Table;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.Cardinality;
import io.calque.spi.catalog.Relationship.Evidence;
import io.calque.spi.catalog.Relationship.Evidence.Kind;
import io.calque.spi.source.Progress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Each kind of evidence, in the smallest world that shows it. */
class EvidenceTest {
    private final World world = new World(3);

    @Test
    void takesANameForEvidenceWhereValuesSayLittle() {
        Table shop = world.table("a.shops", 5, "id INTEGER").fill("id", World.serial(1));
        world.table("b.sales", 300, "shop_id INTEGER", "stars INTEGER")
                .fill("shop_id", world.any(shop, "id"))
                .fill("stars", world.number(1, 5));
        assertThat(texts()).containsExactly("b.sales(shop_id) -> a.shops(id)");
        assertThat(only().evidence())
                .anyMatch(e -> e.kind() == Kind.NAME && e.text().contains("names the table shops"));
    }

    @Test
    void doesNotTakeAMeasureForAReference() {
        world.table("a.shops", 50, "id INTEGER").fill("id", World.serial(1));
        world.table("b.sales", 900, "quantity INTEGER").fill("quantity", world.number(1, 50));
        assertThat(texts()).isEmpty();
    }

    @Test
    void trustsValuesThatNobodyMeetsByChance() {
        Table key = world.table("a.t1", 200, "x VARCHAR").fill("x", i -> world.uuid());
        world.table("b.t2", 20, "y VARCHAR").fill("y", world.any(key, "x"));
        assertThat(texts()).containsExactly("b.t2(y) -> a.t1(x)");
        assertThat(weight(Kind.OVERLAP)).isEqualTo(Weights.OVERLAP_RANDOM);
    }

    @Test
    void allowsAFewOrphansAndSaysSo() {
        Table key = world.table("a.t1", 400, "x VARCHAR").fill("x", i -> world.uuid());
        world.table("b.t2", 1000, "y VARCHAR")
                .fill("y", i -> i % 100 == 0 ? world.uuid() : key.at("x", world.random.nextInt(400)));
        assertThat(texts()).containsExactly("b.t2(y) -> a.t1(x)");
        assertThat(weight(Kind.OVERLAP)).isLessThan(Weights.OVERLAP_RANDOM);
    }

    @Test
    void turnsAwayValuesOfWhichTooManyAreMissing() {
        Table key = world.table("a.t1", 400, "x VARCHAR").fill("x", i -> world.uuid());
        world.table("b.t2", 1000, "y VARCHAR")
                .fill("y", i -> i % 5 == 0 ? world.uuid() : key.at("x", world.random.nextInt(400)));
        assertThat(texts()).isEmpty();
    }

    @Test
    void choosesTheKeyWhoseEndTheValuesReach() {
        world.table("a.t1", 5000, "x INTEGER").fill("x", World.serial(1));
        Table right = world.table("a.t2", 300, "x INTEGER").fill("x", World.serial(1));
        world.table("b.t3", 2000, "y INTEGER").fill("y", world.any(right, "x"));
        assertThat(texts()).containsExactly("b.t3(y) -> a.t2(x)");
    }

    @Test
    void proposesNeitherOfTwoKeysThatFitAlike() {
        Table right = world.table("a.t1", 300, "x INTEGER").fill("x", World.serial(1));
        world.table("a.t2", 300, "x INTEGER").fill("x", World.serial(1));
        world.table("b.t3", 2000, "y INTEGER").fill("y", world.any(right, "x"));
        assertThat(texts()).isEmpty();
    }

    /** Databases of other worlds in the same catalog have people, too, and numbers from 1. */
    @Test
    void prefersASourceThatIsRelatedOtherwise() {
        Table employee = world.table("a.employee", 8, "id INTEGER").fill("id", World.serial(1));
        Table product = world.table("a.product", 300, "code VARCHAR").fill("code", i -> world.uuid());
        world.table("b.customer", 60, "support_rep_id INTEGER", "product VARCHAR")
                .fill("support_rep_id", i -> employee.at("id", 2 + i % 3))
                .fill("product", world.any(product, "code"));
        assertThat(texts())
                .containsExactly(
                        "b.customer(product) -> a.product(code)", "b.customer(support_rep_id) -> a.employee(id)");
        world.table("c.staff", 9, "id INTEGER").fill("id", World.serial(1));
        world.table("d.member", 12, "id INTEGER").fill("id", World.serial(1));
        assertThat(texts())
                .containsExactly(
                        "b.customer(product) -> a.product(code)", "b.customer(support_rep_id) -> a.employee(id)");
    }

    @Test
    void doesNotRelateTablesNumberedAlike() {
        world.table("a.orders", 300, "id INTEGER").fill("id", World.serial(1));
        world.table("b.invoices", 310, "id INTEGER").fill("id", World.serial(1));
        assertThat(texts()).isEmpty();
    }

    @Test
    void findsATableThatSharesItsKeyWithAnother() {
        Table person = world.table("a.person", 300, "id VARCHAR").fill("id", i -> world.uuid());
        world.table("b.passport", 120, "person_id VARCHAR").fill("person_id", i -> person.at("id", i));
        assertThat(texts()).containsExactly("b.passport(person_id) -> a.person(id)");
        assertThat(only().cardinality()).isEqualTo(Cardinality.ONE_TO_ONE);
    }

    @Test
    void refersToTheEndOfAChainOfSharedKeys() {
        Table person = world.table("a.t1", 300, "x VARCHAR").fill("x", i -> world.uuid());
        world.table("a.t2", 290, "x VARCHAR").fill("x", i -> person.at("x", i));
        world.table("b.t3", 2000, "y VARCHAR").fill("y", i -> person.at("x", i % 250));
        assertThat(texts()).containsExactly("a.t2(x) -> a.t1(x)", "b.t3(y) -> a.t1(x)");
    }

    @Test
    void comparesNumbersKeptInDifferentTypes() {
        Table key = world.table("a.t1", 200, "x DECIMAL(10, 0)").fill("x", world.sparse(200, 10_000, 99_999));
        world.table("b.t2", 900, "y BIGINT").fill("y", world.any(key, "x"));
        assertThat(texts()).containsExactly("b.t2(y) -> a.t1(x)");
        assertThat(weight(Kind.TYPE)).isNegative();
    }

    @Test
    void neverComparesNumbersWithText() {
        Table key = world.table("a.customer", 200, "id VARCHAR").fill("id", world.sparse(200, 10_000, 99_999));
        world.table("b.orders", 900, "customer_id INTEGER").fill("customer_id", world.any(key, "id"));
        assertThat(texts()).isEmpty();
    }

    @Test
    void readsAboutATableOnceWhenItDidNotChange() {
        Table key = world.table("a.t1", 400, "x VARCHAR").fill("x", i -> world.uuid());
        world.table("b.t2", 1000, "y VARCHAR").fill("y", world.any(key, "x"));
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            RelationshipInference inference = new RelationshipInference(executor, RelationshipOptions.DEFAULT);
            List<MemorySource> sources = world.sources();
            List<Relationship> first =
                    inference.infer(world.snapshot(), sources, Progress.SILENT).relationships();
            int scans = sources.stream().mapToInt(s -> s.scans.get()).sum();
            assertThat(inference
                            .infer(world.snapshot(), sources, Progress.SILENT)
                            .relationships())
                    .isEqualTo(first);
            assertThat(sources.stream().mapToInt(s -> s.scans.get()).sum()).isEqualTo(scans);
        } finally {
            executor.shutdownNow();
        }
    }

    private List<String> texts() {
        return world.infer().relationships().stream().map(World::text).sorted().toList();
    }

    private Relationship only() {
        List<Relationship> all = world.infer().relationships();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private double weight(Kind kind) {
        return only().evidence().stream()
                .filter(e -> e.kind() == kind)
                .mapToDouble(Evidence::weight)
                .sum();
    }
}
