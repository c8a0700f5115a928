package io.calque.registry.relate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is found when names say nothing, or little; docs/measurements.md tells these figures. */
class OpaqueNamesTest {
    @Test
    void findsEverythingInAHospitalWithoutNames() {
        assertThat(found(HospitalWorld.build())).isEqualTo(HospitalWorld.build().truth());
    }

    @Test
    void findsEverythingInFreightWithOpaqueKeys() {
        assertThat(found(LogisticsWorld.build()))
                .isEqualTo(LogisticsWorld.build().truth());
    }

    @Test
    void findsEverythingInAUniversityWithGermanNames() {
        assertThat(found(UniversityWorld.build()))
                .isEqualTo(UniversityWorld.build().truth());
    }

    /** Where keys are numbers from 1 and lookups are as small as measures, values alone cannot tell them apart. */
    @Test
    void missesSmallLookupsAndReferencesToAPartAmongLikeNumbers() {
        TreeSet<String> truth = InsuranceWorld.build().truth();
        TreeSet<String> found = found(InsuranceWorld.build());
        TreeSet<String> missed = new TreeSet<>(truth);
        missed.removeAll(found);
        found.removeAll(truth);
        assertThat(missed)
                .containsExactly(
                        "lite.a3(x2) -> lite.a2(x1)",
                        "lite.a8(x3) -> lite.a2(x1)",
                        "mongo.a4(x4) -> mongo.a4(x1)",
                        "pg.a5(x3) -> lite.a2(x1)",
                        "pg.a6(x4) -> mongo.a4(x1)");
        assertThat(found).containsExactly("pg.a6(x5) -> pg.a1(x1)");
    }

    private static TreeSet<String> found(World world) {
        return world.infer().relationships().stream().map(World::text).collect(Collectors.toCollection(TreeSet::new));
    }
}
