package dev.kilonode.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which package uses which, of ours and of libraries: {@code packages.txt} and {@code libraries.txt} say what is allowed. */
class PackagesTest {

    private static final String OURS = "dev.kilonode.";

    /** Packages of Java and of annotations, which all may use. */
    private static final Set<String> EVERYWHERE = Set.of("java", "org.jspecify");

    /** A library is known by the start of its packages: these words of it, or more where that is said here. */
    private static final int WORDS_OF_A_LIBRARY = 2;

    @Test
    void packagesUseWhatTheyAreAllowed() {
        Map<String, Set<String>> actual = new TreeMap<>();
        for (JavaClass type : Classes.ALL) {
            Set<String> used =
                    actual.computeIfAbsent(type.getPackageName().substring(OURS.length()), any -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target = packageOf(dependency);
                if (target.startsWith(OURS) && !target.equals(type.getPackageName())) {
                    used.add(target.substring(OURS.length()));
                }
            }
        }
        assertThat(actual).as("packages seen").hasSizeGreaterThan(40);
        assertThat(Allowances.in("packages.txt").breaches(actual))
                .as("move the code, or change packages.txt if the direction is right")
                .isEmpty();
    }

    @Test
    void librariesStayWhereTheyAreAllowed() {
        Map<String, Set<String>> actual = new TreeMap<>();
        for (JavaClass type : Classes.ALL) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target = packageOf(dependency);
                String library = java.util.Arrays.stream(target.split("\\."))
                        .limit(WORDS_OF_A_LIBRARY)
                        .collect(Collectors.joining("."));
                boolean everywhere = EVERYWHERE.stream().anyMatch(one -> (target + ".").startsWith(one + "."));
                if (target.isEmpty() || target.startsWith(OURS) || everywhere) continue;
                actual.computeIfAbsent(type.getPackageName().substring(OURS.length()), any -> new TreeSet<>())
                        .add(library);
            }
        }
        assertThat(actual).as("packages that use libraries").hasSizeGreaterThan(10);
        assertThat(Allowances.in("libraries.txt").breaches(actual))
                .as("use our own door to the library, or change libraries.txt")
                .isEmpty();
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("dev.kilonode.(**)").should().beFreeOfCycles().check(Classes.ALL);
    }

    @Test
    void onePlaceEndsTheProcess() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.kilonode.simulator.cli.ProcessEnd")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .because("the launcher and suites tell our exit codes from a JVM's by what ProcessEnd adds")
                .check(Classes.ALL);
    }

    @Test
    void onePlaceOfTheHarnessKnowsWhichWorldsThereAre() {
        noClasses()
                .that()
                .resideInAPackage("dev.kilonode.simulator.run.harness..")
                .and()
                .doNotHaveSimpleName("ScenarioWorlds")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.kilonode.simulator.wall..", "dev.kilonode.simulator.kernel.virtual.."))
                .because("a world says through its interface what it can do and what it measures")
                .check(Classes.ALL);
    }

    @Test
    void theScanSeesTheCommandLineAndTheExtension() {
        assertThat(Classes.ALL.that(resideInAPackage("dev.kilonode.junit..")).size())
                .isGreaterThan(5);
        assertThat(Classes.ALL
                        .that(resideInAPackage("dev.kilonode.simulator.cli.."))
                        .size())
                .isGreaterThan(20);
    }

    @Test
    void anAllowListRefusesWhatItDoesNotName() {
        Allowances list = Allowances.parse("a -> b c # why\n\nb ->\n", "test");
        assertThat(list.breaches(Map.of("a", Set.of("b", "c"), "b", Set.of()))).isEmpty();
        assertThat(list.breaches(Map.of("a", Set.of("b", "c", "d"), "b", Set.of())))
                .containsExactly("a uses d, which no line allows");
        assertThat(list.breaches(Map.of("a", Set.of("b"), "b", Set.of())))
                .containsExactly("a may use c and does not: remove it");
        assertThat(list.breaches(Map.of("a", Set.of("b", "c"), "b", Set.of(), "e", Set.of())))
                .containsExactly("e has no line");
        assertThat(list.breaches(Map.of("a", Set.of("b", "c")))).containsExactly("b has a line and is not there");
        assertThatThrownBy(() -> Allowances.parse("a -> b\na -> c", "test")).hasMessageContaining("twice");
    }

    @Test
    void cyclesAreFound() {
        assertThatThrownBy(() -> slices().matching("dev.kilonode.architecture.violation.(*)..")
                        .should()
                        .beFreeOfCycles()
                        .check(new ClassFileImporter().importPackages("dev.kilonode.architecture.violation")))
                .hasMessageContaining("Cycle");
    }

    private static String packageOf(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType().getPackageName();
    }
}
