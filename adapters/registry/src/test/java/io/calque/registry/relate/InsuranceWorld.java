package io.calque.registry.relate;

import io.calque.registry.relate.World.Table;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An insurer where nothing helps: opaque names, every key a number from 1, tables of like sizes, small lookups beside small measures,
 * references to a part of the keys only, with NULLs and with orphans. Written to show what is missed; looked at after all weights were set.
 */
final class InsuranceWorld {
    private InsuranceWorld() {}

    static World build() {
        World w = new World(53);
        Table product = w.table("pg.a1", 12, "x1 INTEGER", "x2 VARCHAR", "x3 INTEGER")
                .fill("x1", World.serial(1))
                .fill("x2", i -> w.word(7))
                .fill("x3", w.number(1, 10));
        Table region = w.table("lite.a2", 6, "x1 INTEGER", "x2 VARCHAR")
                .fill("x1", World.serial(1))
                .fill("x2", i -> w.word(9));
        Table office = w.table("lite.a3", 45, "x1 INTEGER", "x2 INTEGER", "x3 INTEGER")
                .fill("x1", World.serial(1))
                .fill("x2", w.any(region, "x1"))
                .fill("x3", w.number(2, 30));
        Table broker = w.table("mongo.a4", 310, "x1 INTEGER", "x2 INTEGER", "x3 INTEGER", "x4 INTEGER")
                .fill("x1", World.serial(1))
                .fill("x2", w.any(office, "x1"))
                .fill("x3", w.number(1990, 2024));
        broker.fill("x4", i -> i < 20 ? null : broker.at("x1", w.random.nextInt(20)));
        Table holder = w.table("pg.a5", 2000, "x1 INTEGER", "x2 INTEGER", "x3 INTEGER", "x4 VARCHAR")
                .fill("x1", World.serial(1))
                .fill("x2", w.number(18, 95))
                .fill("x3", w.any(region, "x1"))
                .fill("x4", i -> w.word(8));
        // Brokers of the lower half sell; a twentieth has none.
        IntFunction<@Nullable String> seller =
                i -> w.random.nextInt(20) == 0 ? null : Integer.toString(1 + w.random.nextInt(155));
        Table policy = w.table(
                        "pg.a6",
                        3000,
                        "x1 INTEGER",
                        "x2 INTEGER",
                        "x3 INTEGER",
                        "x4 INTEGER",
                        "x5 INTEGER",
                        "x6 INTEGER")
                .fill("x1", World.serial(1))
                .fill("x2", w.skewed(holder, "x1"))
                .fill("x3", w.any(product, "x1"))
                .fill("x4", seller)
                .fill("x5", w.number(1, 12))
                .fill("x6", w.number(100, 2900));
        // Two in a hundred policies of claims are gone.
        IntFunction<@Nullable String> ofPolicy = i ->
                Integer.toString(w.random.nextInt(50) == 0 ? 3001 + w.random.nextInt(60) : 1 + w.random.nextInt(3000));
        Table claim = w.table("mongo.a7", 1900, "x1 INTEGER", "x2 INTEGER", "x3 INTEGER", "x4 INTEGER")
                .fill("x1", World.serial(1))
                .fill("x2", ofPolicy)
                .fill("x3", w.number(1, 6))
                .fill("x4", w.number(1, 31));
        Table workshop = w.table("lite.a8", 290, "x1 INTEGER", "x2 VARCHAR", "x3 INTEGER")
                .fill("x1", World.serial(1))
                .fill("x2", i -> String.format("%05d", 1000 + i * 311))
                .fill("x3", w.any(region, "x1"));
        w.table("lite.a9", 1500, "x1 INTEGER", "x2 INTEGER", "x3 INTEGER", "x4 INTEGER", "x5 VARCHAR")
                .fill("x1", World.serial(1))
                .fill("x2", w.any(claim, "x1"))
                .fill("x3", w.skewed(workshop, "x1"))
                .fill("x4", w.number(1, 280))
                .fill("x5", w.any(workshop, "x2"));
        w.table("pg.a10", 2400, "x1 INTEGER", "x2 INTEGER", "x3 INTEGER")
                .fill("x1", w.any(policy, "x1"))
                .fill("x2", w.any(holder, "x1"))
                .fill("x3", w.number(1, 100));
        w.refers(
                "lite.a3(x2) -> lite.a2(x1)",
                "mongo.a4(x2) -> lite.a3(x1)",
                "mongo.a4(x4) -> mongo.a4(x1)",
                "pg.a5(x3) -> lite.a2(x1)",
                "pg.a6(x2) -> pg.a5(x1)",
                "pg.a6(x3) -> pg.a1(x1)",
                "pg.a6(x4) -> mongo.a4(x1)",
                "mongo.a7(x2) -> pg.a6(x1)",
                "lite.a8(x3) -> lite.a2(x1)",
                "lite.a9(x2) -> mongo.a7(x1)",
                "lite.a9(x3) -> lite.a8(x1)",
                "lite.a9(x5) -> lite.a8(x2)",
                "pg.a10(x1) -> pg.a6(x1)",
                "pg.a10(x2) -> pg.a5(x1)");
        return w;
    }
}
