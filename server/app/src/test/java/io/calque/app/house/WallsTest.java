package io.calque.app.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The walls of the house: which room sees which, and where the types of Calcite, Avatica and langchain4j may be named. Server/app
 * stands on the top floor, so that this test sees every module but the benchmarks, on which nothing can depend.
 */
@AnalyzeClasses(packages = "io.calque", importOptions = HouseClasses.class)
final class WallsTest {

    @ArchTest
    static void seesEveryRoom(JavaClasses house) {
        Set<String> rooms = house.stream()
                .map(type -> type.getPackageName().split("\\.")[2])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rooms).containsAll(List.of("app", "embedded", "engine", "jdbc", "mongodb", "nl2plan"));
        assertThat(rooms).containsAll(List.of("planner", "registry", "spi", "testkit"));
    }

    @ArchTest
    static final ArchRule SPI_SEES_NO_ROOM = sees("spi");

    @ArchTest
    static final ArchRule EMBEDDED_SEES_NO_ROOM = sees("embedded");

    @ArchTest
    static final ArchRule DRIVER_STANDS_ALONE = sees("driver");

    @ArchTest
    static final ArchRule REGISTRY_SEES_SPI = sees("registry", "spi");

    @ArchTest
    static final ArchRule JDBC_ADAPTERS_SEE_SPI = sees("jdbc", "spi");

    @ArchTest
    static final ArchRule MONGODB_ADAPTER_SEES_SPI = sees("mongodb", "spi");

    @ArchTest
    static final ArchRule PLANNER_RULES_SEE_SPI = sees("planner", "spi");

    @ArchTest
    static final ArchRule NL2PLAN_SEES_SPI = sees("nl2plan", "spi");

    @ArchTest
    static final ArchRule TEST_KIT_SEES_SPI_AND_EMBEDDED_SOURCES = sees("testkit", "spi", "embedded");

    @ArchTest
    static final ArchRule ENGINE_SEES_PLANNER_RULES_AND_SPI = sees("engine", "planner", "spi");

    @ArchTest
    static final ArchRule APPLICATION_LEAVES_TEST_KIT_TO_TESTS =
            sees("app", "driver", "embedded", "engine", "jdbc", "mongodb", "nl2plan", "planner", "registry", "spi");

    @ArchTest
    static final ArchRule POSTGRESQL_DOES_NOT_SEE_SQLITE = noClasses()
            .that()
            .resideInAPackage("io.calque.jdbc.postgresql..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.calque.jdbc.sqlite..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule SQLITE_DOES_NOT_SEE_POSTGRESQL = noClasses()
            .that()
            .resideInAPackage("io.calque.jdbc.sqlite..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.calque.jdbc.postgresql..")
            .allowEmptyShould(true);

    /** The test kit writes fragments for the compilers that it tests, as the planner would. */
    @ArchTest
    static final ArchRule CALCITE_STAYS_WHERE_PLANS_ARE_MADE = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.calque.spi.pushdown..",
                    "io.calque.planner..",
                    "io.calque.engine..",
                    "io.calque.jdbc..compiler..",
                    "io.calque.mongodb..compiler..",
                    "io.calque.nl2plan.translate..",
                    "io.calque.testkit..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.calcite..")
                    .and(not(resideInAPackage("org.apache.calcite.avatica.."))));

    /** Avatica's util enums are part of Calcite's parser configuration. */
    @ArchTest
    static final ArchRule AVATICA_STAYS_AT_THE_DOOR = noClasses()
            .that()
            .resideOutsideOfPackages("io.calque.driver..", "io.calque.app..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.calcite.avatica..")
                    .and(not(resideInAPackage("org.apache.calcite.avatica.util.."))));

    @ArchTest
    static final ArchRule LANGUAGE_MODELS_STAY_BEHIND_ONE_DOOR = noClasses()
            .that()
            .resideOutsideOfPackage("io.calque.nl2plan.llm..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.langchain4j..");

    /** The rooms of the planner of questions, in the order of their package-info. */
    @ArchTest
    static final ArchRule QUESTIONS_WALK_STRAIGHT_THROUGH_THEIR_PLANNER =
            slices().matching("io.calque.nl2plan.draft.(*)..").should().beFreeOfCycles();

    /** Of the house, {@code room} names only itself and {@code below}; what lies outside the house is not asked here. */
    private static ArchRule sees(String room, String... below) {
        String[] visible = Stream.concat(Stream.of(room), Stream.of(below))
                .map(name -> "io.calque." + name + "..")
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage("io.calque." + room + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(visible).or(not(resideInAPackage("io.calque.."))))
                .allowEmptyShould(true);
    }
}
