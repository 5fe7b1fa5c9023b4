package dev.kilonode.reports;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the packages say of themselves. */
class ArchitectureTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.kilonode.reports");

    @Test
    void reportsKnowNoNodeAndEachPackageOnlyWhatItSays() {
        assertThat(classes.size()).as("classes seen").isGreaterThan(30);
        never("dev.kilonode.reports..", "dev.kilonode.node..", "dev.kilonode.simulator..");
        never(
                "..reports.run..",
                "..reports.story..",
                "..reports.html..",
                "..reports.png..",
                "..reports.text..",
                "org.jfree..");
        never(
                "..reports.story..",
                "..reports.html..",
                "..reports.png..",
                "..reports.text..",
                "org.jfree..",
                "java.awt..");
        never("..reports.html..", "..reports.png..", "..reports.text..", "org.jfree..", "java.awt..");
        never("..reports.png..", "..reports.html..", "..reports.text..");
    }

    private void never(String from, String... to) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .check(classes);
    }
}
