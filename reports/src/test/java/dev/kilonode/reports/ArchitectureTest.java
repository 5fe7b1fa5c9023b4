package dev.kilonode.reports;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** What the reports may use. They are made from a run directory alone, so they know neither nodes nor the simulator. */
class ArchitectureTest {

    private static final JavaClasses REPORTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.kilonode.reports");

    @Test
    void theScanSeesTheReports() {
        assertThat(REPORTS.size()).as("classes of dev.kilonode.reports").isGreaterThan(0);
    }

    @Test
    void reportsKnowNoNodeNoSimulatorAndNoNetwork() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.kilonode.node..", "dev.kilonode.simulator..", "io.netty..", "java.net.http.."))
                .because("a report is made from the run directory, also after a crash, also elsewhere, and opens no"
                        + " socket")
                .check(REPORTS);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("dev.kilonode.reports.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(REPORTS);
    }

    @Test
    void nothingIsDrawnByChance() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.util.random.."))
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(SecureRandom.class, byte[].class)
                .because("the same run directory gives the same report")
                .check(REPORTS);
    }
}
