package io.calque.app.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** House rules that a reader would otherwise have to check by eye. */
@AnalyzeClasses(packages = "io.calque", importOptions = HouseClasses.class)
final class StyleTest {

    /** A package that is not marked is a package that NullAway does not check. The driver runs on Java 8 and knows no JSpecify. */
    @ArchTest
    static final ArchRule EVERY_PACKAGE_SAYS_WHAT_IT_IS_AND_IS_NULL_MARKED = classes()
            .that()
            .resideOutsideOfPackage("io.calque.driver..")
            .should(new ArchCondition<>("reside in a @NullMarked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage()
                            .tryGetPackageInfo()
                            .filter(info -> info.isAnnotatedWith(NullMarked.class))
                            .isPresent();
                    events.add(new SimpleConditionEvent(
                            type,
                            marked,
                            "package " + type.getPackageName() + " of " + type.getSimpleName()
                                    + " has no package-info.java with @NullMarked"));
                }
            });

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_TYPE_IS = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameStartingWith("Abstract")
            .orShould()
            .haveSimpleNameStartingWith("My");

    @ArchTest
    static final ArchRule ERRORS_CARRY_A_CODE = noClasses()
            .should()
            .callConstructorWhere(describe(
                    "a bare RuntimeException is made",
                    call -> call.getTargetOwner().isEquivalentTo(RuntimeException.class)
                            && !call.getOriginOwner().isAssignableTo(RuntimeException.class)));
}
