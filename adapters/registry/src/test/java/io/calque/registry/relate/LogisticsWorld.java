package io.calque.registry.relate;

import io.calque.registry.relate.World.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Freight in three sources: tables have names, keys are called {@code k} and references {@code ref_a}, {@code c17}; measures have theirs. */
final class LogisticsWorld {
    private LogisticsWorld() {}

    static World build() {
        World w = new World(23);
        Table warehouse = w.table("pg.warehouse", 40, "k INTEGER", "code VARCHAR", "capacity INTEGER")
                .fill("k", World.serial(1))
                .fill("code", i -> "WH-" + (char) ('A' + i / 10) + i % 10)
                .fill("capacity", w.number(100, 5000));
        Table carrier = w.table("lite.carrier", 25, "k VARCHAR", "label VARCHAR", "rating INTEGER")
                .fill("k", i -> w.word(4).toUpperCase(java.util.Locale.ROOT))
                .fill("label", i -> w.word(10))
                .fill("rating", w.number(1, 5));
        Table category = w.table("mongo.category", 18, "k INTEGER", "label VARCHAR")
                .fill("k", World.serial(1))
                .fill("label", i -> w.word(8));
        Table product = w.table("mongo.product", 1200, "k INTEGER", "sku VARCHAR", "weight INTEGER", "c17 INTEGER")
                .fill("k", World.serial(1))
                .fill("sku", i -> w.word(3) + (10_000 + w.random.nextInt(89_999)) + i)
                .fill("weight", w.number(1, 900))
                .fill("c17", w.any(category, "k"));
        Table customer = w.table("mongo.customer", 500, "k VARCHAR", "label VARCHAR", "region VARCHAR")
                .fill("k", i -> w.uuid())
                .fill("label", i -> w.word(9))
                .fill("region", w.oneOf("north", "south", "east", "west"));
        Table shipment = w.table(
                        "pg.shipment",
                        4000,
                        "k INTEGER",
                        "ref_a VARCHAR",
                        "ref_b VARCHAR",
                        "ref_c INTEGER",
                        "year INTEGER",
                        "priority INTEGER",
                        "status INTEGER")
                .fill("k", World.serial(100_001))
                .fill("ref_a", w.skewed(customer, "k"))
                .fill("ref_b", w.any(carrier, "k"))
                .fill("ref_c", w.any(warehouse, "k"))
                .fill("year", w.number(2015, 2024))
                .fill("priority", w.number(1, 5))
                .fill("status", w.number(1, 6));
        List<@Nullable String> of = new ArrayList<>();
        List<@Nullable String> line = new ArrayList<>();
        for (int i = 0; of.size() < 12_000; i++) {
            int many = 1 + i * 7 % 5 + (of.size() + (4000 - i) * 5 < 12_000 ? 3 : 0);
            for (int l = 1; l <= many && of.size() < 12_000; l++) {
                of.add(shipment.at("k", i % 4000));
                line.add(Integer.toString(i < 4000 ? l : 20 + l));
            }
        }
        Table lines = w.table(
                        "pg.shipment_line",
                        12_000,
                        "ref_a INTEGER",
                        "line INTEGER",
                        "ref_b INTEGER",
                        "quantity INTEGER")
                .fill("ref_a", of)
                .fill("line", line)
                .fill("ref_b", w.skewed(product, "k"))
                .fill("quantity", w.number(1, 100));
        List<Integer> events = new ArrayList<>();
        for (int i = 0; i < 9000; i++) {
            events.add(w.random.nextInt(12_000));
        }
        w.table("mongo.stop_event", 9000, "_id VARCHAR", "ref_a BIGINT", "ref_b INTEGER", "minutes INTEGER")
                .fill("_id", i -> w.objectId())
                .fill("ref_a", i -> lines.at("ref_a", events.get(i)))
                .fill("ref_b", i -> lines.at("line", events.get(i)))
                .fill("minutes", w.number(1, 90));
        List<Integer> cells = new ArrayList<>();
        for (int i = 0; i < 48_000; i++) {
            cells.add(i);
        }
        Collections.shuffle(cells, w.random);
        Table inventory = w.table(
                        "lite.inventory",
                        9000,
                        "ref_a INTEGER",
                        "ref_b INTEGER",
                        "on_hand INTEGER",
                        "min_level INTEGER")
                .fill("ref_a", i -> warehouse.at("k", cells.get(i) / 1200))
                .fill("ref_b", i -> product.at("k", cells.get(i) % 1200))
                .fill("on_hand", w.number(0, 300))
                .fill("min_level", w.number(0, 50));
        List<Integer> moved = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            moved.add(w.random.nextInt(9000));
        }
        w.table(
                        "lite.transfer",
                        700,
                        "k INTEGER",
                        "ref_a INTEGER",
                        "ref_b INTEGER",
                        "ref_c INTEGER",
                        "quantity INTEGER")
                .fill("k", World.serial(1))
                .fill("ref_a", i -> inventory.at("ref_a", moved.get(i)))
                .fill("ref_b", w.any(warehouse, "k"))
                .fill("ref_c", i -> inventory.at("ref_b", moved.get(i)))
                .fill("quantity", w.number(1, 40));
        Table driver = w.table("pg.driver", 180, "k INTEGER", "licence VARCHAR", "age INTEGER", "ref_a VARCHAR")
                .fill("k", World.serial(1))
                .fill("licence", i -> w.word(2) + (100_000 + w.random.nextInt(899_999)))
                .fill("age", w.number(21, 65))
                .fill("ref_a", w.any(carrier, "k"));
        Table vehicle = w.table("lite.vehicle", 90, "k VARCHAR", "year INTEGER", "ref_a INTEGER")
                .fill("k", i -> w.word(2).toUpperCase(java.util.Locale.ROOT) + "-" + (100 + i * 7) + w.word(1))
                .fill("year", w.number(2005, 2024))
                .fill("ref_a", w.any(warehouse, "k"));
        Table trip = w.table(
                        "mongo.trip",
                        2500,
                        "_id INTEGER",
                        "ref_a INTEGER",
                        "ref_b VARCHAR",
                        "km INTEGER",
                        "hours INTEGER")
                .fill("_id", World.serial(1))
                .fill("ref_a", w.any(driver, "k"))
                .fill("ref_b", w.any(vehicle, "k"))
                .fill("km", w.number(3, 900))
                .fill("hours", w.number(1, 12));
        w.table("pg.trip_shipment", 3600, "ref_a INTEGER", "ref_b INTEGER")
                .fill("ref_a", w.any(trip, "_id"))
                .fill("ref_b", w.any(shipment, "k"));
        w.refers(
                "mongo.product(c17) -> mongo.category(k)",
                "pg.shipment(ref_a) -> mongo.customer(k)",
                "pg.shipment(ref_b) -> lite.carrier(k)",
                "pg.shipment(ref_c) -> pg.warehouse(k)",
                "pg.shipment_line(ref_a) -> pg.shipment(k)",
                "pg.shipment_line(ref_b) -> mongo.product(k)",
                "mongo.stop_event(ref_a) -> pg.shipment(k)",
                "mongo.stop_event(ref_a,ref_b) -> pg.shipment_line(ref_a,line)",
                "lite.inventory(ref_a) -> pg.warehouse(k)",
                "lite.inventory(ref_b) -> mongo.product(k)",
                "lite.transfer(ref_a) -> pg.warehouse(k)",
                "lite.transfer(ref_b) -> pg.warehouse(k)",
                "lite.transfer(ref_c) -> mongo.product(k)",
                "lite.transfer(ref_a,ref_c) -> lite.inventory(ref_a,ref_b)",
                "pg.driver(ref_a) -> lite.carrier(k)",
                "lite.vehicle(ref_a) -> pg.warehouse(k)",
                "mongo.trip(ref_a) -> pg.driver(k)",
                "mongo.trip(ref_b) -> lite.vehicle(k)",
                "pg.trip_shipment(ref_a) -> mongo.trip(_id)",
                "pg.trip_shipment(ref_b) -> pg.shipment(k)");
        return w;
    }
}
