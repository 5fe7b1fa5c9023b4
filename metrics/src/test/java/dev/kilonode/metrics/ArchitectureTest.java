package dev.kilonode.metrics;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What metrics may use: nodes, worlds and reports all know them, so they know none of these. */
class ArchitectureTest {

    private static final JavaClasses METRICS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.kilonode.metrics");

    @Test
    void theScanSeesTheMetrics() {
        assertThat(METRICS.contain(Metric.class)).isTrue();
    }

    @Test
    void metricsUseTheJdkJSpecifyAndHdrHistogramOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("dev.kilonode.metrics", "java..", "org.jspecify..", "org.HdrHistogram.."))
                .check(METRICS);
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.io..", "java.nio..", "java.time..", "java.util.concurrent.."))
                .check(METRICS);
    }
}
