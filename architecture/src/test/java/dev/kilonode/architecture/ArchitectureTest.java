package dev.kilonode.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The directions between modules and packages, as each package-info words them, and what virtual time never touches. */
class ArchitectureTest {

    /** One thread, one seed, no files, no wall clock: what these compute is in the digest. */
    private static final String[] VIRTUAL = {
        "dev.kilonode.simulator.engine..", "dev.kilonode.simulator.world..", "dev.kilonode.simulator.fault.."
    };

    private static final Set<String> TRANSCENDENTAL = Set.of(
            "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "expm1", "log", "log10", "log1p", "pow",
            "cbrt", "sinh", "cosh", "tanh", "hypot");

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar")) // another module's tests, shared
            .importPackages("dev.kilonode");

    private static final JavaClasses SIMULATOR = ALL.that(resideInAPackage("dev.kilonode.simulator.."));

    @Test
    void theScanSeesEveryModule() {
        assertThat(SIMULATOR.size()).as("classes of the simulator").isGreaterThan(0);
        assertThat(ALL.that(resideInAPackage("dev.kilonode.node..")).size())
                .as("of the node")
                .isGreaterThan(20);
        assertThat(ALL.that(resideInAPackage("dev.kilonode.reports..")).size())
                .as("of the reports")
                .isGreaterThan(0);
    }

    @Test
    void everyPackageUsesOnlyWhatItsPackageInfoAllows() {
        Map<String, String> words = new TreeMap<>();
        for (String module : TidyTest.MODULES) {
            words.putAll(PackageWords.in(TidyTest.ROOT.resolve(Path.of(module, "src", "main", "java"))));
        }
        Set<String> breaches = new TreeSet<>();
        int checked = 0;
        for (JavaClass type : ALL) {
            String owner = type.getPackageName();
            Set<String> allowed = PackageWords.allowed(owner, words.getOrDefault(owner, ""), words.keySet());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (target.startsWith("dev.kilonode.") && !target.equals(owner)) {
                    checked++;
                    if (!allowed.contains(target)) {
                        breaches.add(owner + " uses " + target + ", for example in " + type.getSimpleName());
                    }
                }
            }
        }
        assertThat(checked).as("dependencies between packages").isGreaterThan(20);
        assertThat(breaches)
                .as(
                        "not among the \"May use: ...\" of the package-info; move the code, or allow it there if the direction is right")
                .isEmpty();
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
                .because(
                        "the launcher and suites tell our exit codes from those of a JVM that failed by what ProcessEnd adds")
                .check(ALL);
    }

    @Test
    void modulesDependInOneDirection() {
        noClasses()
                .that()
                .resideInAPackage("dev.kilonode.node..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.kilonode.simulator..", "dev.kilonode.reports.."))
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage("dev.kilonode.reports..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.kilonode.simulator..", "dev.kilonode.node.."))
                .check(ALL);
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
                .check(SIMULATOR);
    }

    @Test
    void aPlanNeedsNoWorld() {
        noClasses()
                .that()
                .resideInAPackage("dev.kilonode.simulator.run.plan..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.kilonode.simulator.wall..",
                        "dev.kilonode.simulator.kernel.virtual..",
                        "dev.kilonode.simulator.kernel.world.."))
                .because("each process of a run computes the same plan before it has a world")
                .check(SIMULATOR);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("dev.kilonode.simulator.(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(SIMULATOR);
    }

    @Test
    void virtualTimeHasNoThreads() {
        virtual()
                .should()
                .dependOnClassesThat(assignableTo(Thread.class)
                        .or(resideInAPackage("java.util.concurrent..").and(not(equivalentTo(TimeUnit.class)))))
                .because("one run is one thread; use the engine's schedule")
                .allowEmptyShould(true)
                .check(SIMULATOR);
    }

    @Test
    void virtualTimeHasNoFilesAndNoSockets() {
        virtual()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.nio.file..", "java.net..", "java.nio.channels..", "io.netty..")
                                .or(assignableTo(java.io.File.class)))
                .because("results are written by the harness, through what the engine tells it")
                .allowEmptyShould(true)
                .check(SIMULATOR);
    }

    @Test
    void virtualTimeReadsNoWallClock() {
        virtual()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat(assignableTo(Clock.class))
                .because("time is the engine's")
                .allowEmptyShould(true)
                .check(SIMULATOR);
    }

    @Test
    void virtualTimeDrawsChanceFromTheSeedOnly() {
        virtual()
                .should()
                .dependOnClassesThat(assignableTo(Random.class))
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(System.class, "identityHashCode", Object.class)
                .because("each subsystem draws from its own stream, derived from the run's seed by name")
                .allowEmptyShould(true)
                .check(SIMULATOR);
        noClasses()
                .should()
                .callConstructor(SecureRandom.class, byte[].class)
                .because("new SecureRandom(seed) repeats on some JDKs only; draw from a stream of the seed")
                .check(ALL);
    }

    @Test
    void virtualTimeUsesStrictTranscendentalFunctions() {
        virtual()
                .should()
                .accessTargetWhere(DescribedPredicate.<JavaAccess<?>>describe(
                        "the target is a transcendental function of Math",
                        access -> access.getTargetOwner().isEquivalentTo(Math.class)
                                && TRANSCENDENTAL.contains(access.getName())))
                .because("Math's may differ in the last bit between JDKs; use StrictMath's")
                .allowEmptyShould(true)
                .check(SIMULATOR);
    }

    /** Its rules tolerate that a package of {@link #VIRTUAL} holds nothing yet; {@link #theScanSeesEveryModule} does not. */
    private static com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction virtual() {
        return noClasses().that().resideInAnyPackage(VIRTUAL);
    }
}
