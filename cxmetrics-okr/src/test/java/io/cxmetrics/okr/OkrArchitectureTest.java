package io.cxmetrics.okr;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The arrows of design.md and of the package-infos, for this module. */
class OkrArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cxmetrics.okr");

    /** A package imports itself, the JDK, the null annotations, and the ones named. */
    private static void assertImportsOnly(String from, String... others) {
        String[] allowed = new String[others.length + 3];
        System.arraycopy(others, 0, allowed, 0, others.length);
        allowed[others.length] = from;
        allowed[others.length + 1] = "java..";
        allowed[others.length + 2] = "org.jspecify..";
        DescribedPredicate<JavaClass> known = resideInAnyPackage(allowed);
        ArchRule rule = classes().that(resideInAPackage(from)).should().onlyDependOnClassesThat(known);
        rule.check(CLASSES);
    }

    @Test
    void plansImportTheCoreAndNoJson() {
        assertImportsOnly(
                "io.cxmetrics.okr", "io.cxmetrics", "io.cxmetrics.field", "io.cxmetrics.journey", "io.cxmetrics.time");
    }

    @Test
    void checkInsImportPlansAtMost() {
        assertImportsOnly("io.cxmetrics.okr.tracking", "io.cxmetrics.okr", "io.cxmetrics.field", "io.cxmetrics.json");
    }

    @Test
    void evaluationImportsPlansAndTheCoreAndNoJson() {
        assertImportsOnly(
                "io.cxmetrics.okr.evaluation",
                "io.cxmetrics.okr",
                "io.cxmetrics.okr.forecast",
                "io.cxmetrics.okr.tracking",
                "io.cxmetrics",
                "io.cxmetrics.field",
                "io.cxmetrics.journey",
                "io.cxmetrics.scorecard",
                "io.cxmetrics.time");
    }

    @Test
    void jsonImportsPlansAndTheCoreWithItsJson() {
        assertImportsOnly(
                "io.cxmetrics.okr.json",
                "io.cxmetrics.okr",
                "io.cxmetrics.okr.evaluation",
                "io.cxmetrics.okr.forecast",
                "io.cxmetrics.okr.priority",
                "io.cxmetrics.okr.tracking",
                "io.cxmetrics",
                "io.cxmetrics.field",
                "io.cxmetrics.journey",
                "io.cxmetrics.json",
                "io.cxmetrics.money",
                "io.cxmetrics.stats",
                "io.cxmetrics.time");
    }

    @Test
    void prioritiesImportPlansAndTheCoreAndNoJson() {
        assertImportsOnly(
                "io.cxmetrics.okr.priority",
                "io.cxmetrics.okr",
                "io.cxmetrics",
                "io.cxmetrics.field",
                "io.cxmetrics.journey",
                "io.cxmetrics.money");
    }

    @Test
    void forecastImportsTheCoresRootOnly() {
        assertImportsOnly("io.cxmetrics.okr.forecast", "io.cxmetrics", "org.apache.commons.math3..");
    }

    @Test
    void jacksonIsNowhere() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("com.fasterxml.."))
                .check(CLASSES);
    }
}
