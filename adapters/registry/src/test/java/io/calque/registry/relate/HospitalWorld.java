package io.calque.registry.relate;

import io.calque.registry.relate.World.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A hospital in three sources; neither tables nor columns say what they hold. */
final class HospitalWorld {
    private HospitalWorld() {}

    static World build() {
        World w = new World(11);
        Table patients = w.table(
                        "pg.t01",
                        800,
                        "c1 INTEGER",
                        "c2 VARCHAR",
                        "c3 INTEGER",
                        "c4 INTEGER",
                        "c5 VARCHAR",
                        "c6 VARCHAR")
                .fill("c1", World.serial(1))
                .fill("c2", i -> "M" + (1_000_000 + 11_003L * i % 8_999_999))
                .fill("c3", w.number(0, 99))
                .fill("c4", w.number(1920, 2024))
                .fill("c5", i -> w.word(6) + " " + w.word(8))
                .fill("c6", w.oneOf("M", "F", "X"));
        Table wards = w.table("lite.t02", 24, "c1 BIGINT", "c2 VARCHAR", "c3 INTEGER")
                .fill("c1", World.serial(1))
                .fill("c2", i -> "W" + i / 4 + (char) ('A' + i % 4))
                .fill("c3", w.number(4, 40));
        Table staff = w.table("mongo.t03", 150, "c1 VARCHAR", "c2 INTEGER", "c3 INTEGER", "c4 VARCHAR")
                .fill("c1", i -> w.uuid())
                .fill("c2", w.number(1, 7))
                .fill("c3", w.any(wards, "c1"));
        staff.fill("c4", i -> i < 10 ? null : staff.at("c1", w.random.nextInt(25)));
        Table admissions = w.table(
                        "pg.t04",
                        3000,
                        "c1 INTEGER",
                        "c2 INTEGER",
                        "c3 INTEGER",
                        "c4 VARCHAR",
                        "c5 INTEGER",
                        "c6 INTEGER")
                .fill("c1", World.serial(10_001))
                .fill("c2", w.skewed(patients, "c1"))
                .fill("c3", w.any(wards, "c1"))
                .fill("c4", w.any(staff, "c1"))
                .fill("c5", w.number(1, 60))
                .fill("c6", w.number(1, 4));
        Table diagnoses = w.table("lite.t05", 400, "c1 VARCHAR", "c2 VARCHAR", "c3 INTEGER")
                .fill("c1", i -> "" + (char) ('A' + i / 20) + String.format("%02d", i * 7 % 100))
                .fill("c2", i -> w.word(14))
                .fill("c3", w.number(1, 5));
        List<@Nullable String> admission = new ArrayList<>();
        List<@Nullable String> rank = new ArrayList<>();
        for (int i = 0; admission.size() < 6000; i++) {
            int many = 1 + w.random.nextInt(4);
            for (int r = 1; r <= many && admission.size() < 6000; r++) {
                admission.add(admissions.at("c1", i % 3000));
                rank.add(Integer.toString(r + (i >= 3000 ? 10 : 0)));
            }
        }
        Table found = w.table("mongo.t06", 6000, "c1 INTEGER", "c2 VARCHAR", "c3 INTEGER")
                .fill("c1", admission)
                .fill("c2", w.skewed(diagnoses, "c1"))
                .fill("c3", rank);
        Table drugs = w.table("lite.t07", 300, "c1 BIGINT", "c2 VARCHAR", "c3 INTEGER")
                .fill("c1", w.sparse(300, 10_000, 99_999))
                .fill("c2", i -> w.word(9))
                .fill("c3", w.number(1, 500));
        w.table("pg.t08", 5000, "c1 INTEGER", "c2 INTEGER", "c3 INTEGER", "c4 VARCHAR", "c5 INTEGER", "c6 INTEGER")
                .fill("c1", World.serial(1))
                .fill("c2", w.any(admissions, "c1"))
                .fill("c3", w.any(drugs, "c1"))
                .fill("c4", w.skewed(staff, "c1"))
                .fill("c5", w.number(1, 10))
                .fill("c6", w.number(1, 30));
        List<Integer> picks = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            picks.add(w.random.nextInt(6000));
        }
        w.table("lite.t09", 4000, "c1 INTEGER", "c2 INTEGER", "c3 INTEGER", "c4 INTEGER")
                .fill("c1", World.serial(1))
                .fill("c2", i -> found.at("c1", picks.get(i)))
                .fill("c3", i -> found.at("c3", picks.get(i)))
                .fill("c4", w.number(5, 240));
        Table tests = w.table("pg.t10", 120, "c1 VARCHAR", "c2 DECIMAL(8, 2)")
                .fill("c1", i -> String.format("LAB-%03d", i + 1))
                .fill("c2", i -> w.random.nextInt(200) + ".5");
        w.table("mongo.t11", 8000, "c1 VARCHAR", "c2 VARCHAR", "c3 VARCHAR", "c4 DECIMAL(8, 2)", "c5 VARCHAR")
                .fill("c1", i -> w.objectId())
                .fill("c2", w.skewed(patients, "c2"))
                .fill("c3", w.any(tests, "c1"))
                .fill("c4", i -> w.random.nextInt(90) + "." + (1 + w.random.nextInt(9)))
                .fill("c5", w.oneOf("L", "N", "H"));
        List<@Nullable String> ward = new ArrayList<>();
        List<@Nullable String> bed = new ArrayList<>();
        for (int i = 0; ward.size() < 500; i++) {
            ward.add(wards.at("c1", i % 24));
            bed.add(Integer.toString(1 + i / 24));
        }
        Table beds = w.table("pg.t12", 500, "c1 INTEGER", "c2 INTEGER", "c3 VARCHAR")
                .fill("c1", ward)
                .fill("c2", bed)
                .fill("c3", w.oneOf("std", "icu"));
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            taken.add(w.random.nextInt(500));
        }
        w.table("mongo.t13", 2500, "c1 VARCHAR", "c2 BIGINT", "c3 INTEGER", "c4 INTEGER", "c5 INTEGER")
                .fill("c1", i -> w.objectId())
                .fill("c2", i -> beds.at("c1", taken.get(i)))
                .fill("c3", i -> beds.at("c2", taken.get(i)))
                .fill("c4", w.any(admissions, "c1"))
                .fill("c5", w.number(2010, 2024));
        w.refers(
                "mongo.t03(c3) -> lite.t02(c1)",
                "mongo.t03(c4) -> mongo.t03(c1)",
                "pg.t04(c2) -> pg.t01(c1)",
                "pg.t04(c3) -> lite.t02(c1)",
                "pg.t04(c4) -> mongo.t03(c1)",
                "mongo.t06(c1) -> pg.t04(c1)",
                "mongo.t06(c2) -> lite.t05(c1)",
                "pg.t08(c2) -> pg.t04(c1)",
                "pg.t08(c3) -> lite.t07(c1)",
                "pg.t08(c4) -> mongo.t03(c1)",
                "lite.t09(c2) -> pg.t04(c1)",
                "lite.t09(c2,c3) -> mongo.t06(c1,c3)",
                "mongo.t11(c2) -> pg.t01(c2)",
                "mongo.t11(c3) -> pg.t10(c1)",
                "pg.t12(c1) -> lite.t02(c1)",
                "mongo.t13(c2) -> lite.t02(c1)",
                "mongo.t13(c2,c3) -> pg.t12(c1,c2)",
                "mongo.t13(c4) -> pg.t04(c1)");
        return w;
    }
}
