package dev.kilonode.junit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The extension stands on the simulator, and nothing stands on it. */
class ArchitectureTest {

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.kilonode");

    @Test
    void theScanSeesEveryModule() {
        assertThat(ALL.that(resideInAPackage("dev.kilonode.junit..")).size()).isGreaterThan(5);
        assertThat(ALL.that(resideInAPackage("dev.kilonode.simulator..")).size())
                .isGreaterThan(20);
    }

    @Test
    void nothingUsesTheExtension() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kilonode.junit..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.kilonode.junit.."))
                .check(ALL);
    }

    @Test
    void theExtensionKnowsRunsAndNotHowTheyAreMade() {
        noClasses()
                .that()
                .resideInAPackage("dev.kilonode.junit..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.kilonode.node..",
                        "dev.kilonode.simulator.engine..",
                        "dev.kilonode.simulator.world..",
                        "org.assertj.."))
                .because("users need not have AssertJ, and a run is a run however it is made")
                .check(ALL);
    }

    @Test
    void onlyTheExtensionUsesJUnit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kilonode.junit..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.junit.."))
                .check(ALL);
    }
}
