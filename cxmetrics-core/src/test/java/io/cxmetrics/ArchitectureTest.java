package io.cxmetrics;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The packages of this module and what each may import; the same as in the packages' own documentation. */
class ArchitectureTest {
    private static final String ROOT = "io.cxmetrics";

    /** Package → the packages of the library that it may import. */
    private static final Map<String, List<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            Map.entry("field", List.of()),
            Map.entry("time", List.of()),
            Map.entry("", List.of("field")),
            Map.entry("stats", List.of("", "field")),
            Map.entry("survey", List.of("", "field", "stats", "time")),
            Map.entry("bot", List.of("", "field", "stats", "time")),
            Map.entry("contact", List.of("", "field", "stats", "time")),
            Map.entry("callback", List.of("", "field", "stats", "time")),
            Map.entry("people", List.of("", "field", "stats", "time")),
            Map.entry("sales", List.of("", "field", "stats", "time")),
            Map.entry("money", List.of("", "field", "stats", "time")),
            Map.entry("scorecard", List.of("", "field", "stats", "time")),
            Map.entry("journey", List.of("", "field", "stats", "scorecard")),
            Map.entry("source", List.of("", "field")),
            Map.entry("state", List.of("", "field", "stats", "time", "scorecard")),
            Map.entry("sql", List.of("", "field", "stats", "time", "scorecard")),
            Map.entry(
                    "json",
                    List.of(
                            "",
                            "field",
                            "stats",
                            "time",
                            "survey",
                            "bot",
                            "contact",
                            "callback",
                            "people",
                            "sales",
                            "money",
                            "scorecard",
                            "journey",
                            "source",
                            "sql"))));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static String name(String part) {
        return part.isEmpty() ? ROOT : ROOT + "." + part;
    }

    @Test
    void eachPackageImportsOnlyWhatTheDesignAllows() {
        ARROWS.forEach((from, to) -> {
            List<String> allowed = new ArrayList<>(to);
            allowed.add(from);
            ArchRuleDefinition.classes()
                    .that()
                    .resideInAPackage(name(from))
                    .should()
                    .onlyDependOnClassesThat(DescribedPredicate.describe(
                            "are in " + allowed + " or outside the library",
                            (JavaClass other) -> !other.getPackageName().startsWith(ROOT)
                                    || allowed.stream()
                                            .anyMatch(
                                                    p -> other.getPackageName().equals(name(p)))))
                    .allowEmptyShould(true)
                    .check(CLASSES);
        });
    }

    @Test
    void everyPackageHasItsPlaceInTheDesign() {
        ArchRuleDefinition.classes()
                .should()
                .resideInAnyPackage(
                        ARROWS.keySet().stream().map(ArchitectureTest::name).toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.cxmetrics.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void jacksonIsSeenWhereJsonIsReadOnly() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages(name("json"), name("source"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(CLASSES);
    }

    @Test
    void jacksonIsInNoPublicSignature() {
        ArchRuleDefinition.methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should()
                .notHaveRawReturnType(JavaClass.Predicates.resideInAPackage("com.fasterxml.."))
                .andShould()
                .notHaveRawParameterTypes(DescribedPredicate.describe(
                        "with Jackson",
                        types -> types.stream()
                                .anyMatch(type -> type.getPackageName().startsWith("com.fasterxml"))))
                .check(CLASSES);
    }
}
