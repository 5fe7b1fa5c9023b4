package dev.kilonode.node;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the node may use. Which of its packages may use which other is said by each package-info and tested from there, by the
 * simulator's ArchitectureTest, which sees all modules.
 */
class ArchitectureTest {

    /** The links on Netty. */
    private static final String[] SOCKETS = {
        "dev.kilonode.node.link.netty..",
        "dev.kilonode.node.link.tls..",
        "dev.kilonode.node.link.tcp..",
        "dev.kilonode.node.link.quic.."
    };

    /** Endpoints in wall time: what they are told comes from other threads than the node's. */
    private static final String[] WALL_TIME = with(
            SOCKETS,
            "dev.kilonode.node.link.base..",
            "dev.kilonode.node.link.memory..",
            "dev.kilonode.node.link.provider..");

    private static final Set<String> TRANSCENDENTAL = Set.of(
            "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "expm1", "log", "log10", "log1p", "pow",
            "cbrt", "sinh", "cosh", "tanh", "hypot");

    private static final JavaClasses NODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.kilonode.node");

    @Test
    void theScanSeesTheNode() {
        assertThat(NODE.size()).as("classes of dev.kilonode.node").isGreaterThan(20);
    }

    @Test
    void theNodeUsesMetricsTheJdkJSpecifyBouncyCastleNettyAndMVStoreOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.kilonode.node..",
                        "dev.kilonode.metrics..",
                        "java..",
                        "javax.crypto..",
                        "javax.net.ssl..",
                        "org.jspecify..",
                        "org.bouncycastle..",
                        "io.netty..",
                        "org.h2.mvstore.."))
                .because("the node knows nothing of simulators, reports or scenario files")
                .check(NODE);
    }

    @Test
    void nettyStaysInTheLinksOnNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SOCKETS)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.netty..", "java.net..", "javax.net..", "java.nio.channels.."))
                .because("everything else sees an Endpoint")
                .check(NODE);
    }

    @Test
    void bouncyCastleStaysInIdentity() {
        noClasses()
                .that()
                .resideOutsideOfPackages(with(SOCKETS, "dev.kilonode.node.identity.."))
                .should()
                .dependOnClassesThat(resideInAPackage("org.bouncycastle.."))
                .because("signatures come through NodeIdentity and the JCA")
                .check(NODE);
    }

    @Test
    void mvStoreStaysInStoreDisk() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kilonode.node.store.disk..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.h2.."))
                .because("everything else sees a Datastore")
                .check(NODE);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("dev.kilonode.node.(*)..").should().beFreeOfCycles().check(NODE);
    }

    @Test
    void onlyEndpointsInWallTimeKnowThreads() {
        noClasses()
                .that()
                .resideOutsideOfPackages(WALL_TIME)
                .should()
                .dependOnClassesThat(assignableTo(Thread.class)
                        .or(resideInAPackage("java.util.concurrent..").and(not(equivalentTo(TimeUnit.class)))))
                .because("a node is called by one thread at a time; it waits with NodeRuntime.schedule and works with"
                        + " run")
                .check(NODE);
    }

    @Test
    void onlyEndpointsInWallTimeReadAClock() {
        noClasses()
                .that()
                .resideOutsideOfPackages(WALL_TIME)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat(assignableTo(Clock.class))
                .because("time is NodeRuntime.nowNanos() and unixSeconds()")
                .check(NODE);
    }

    @Test
    void onlySocketsAndKeysDrawTheirOwnChance() {
        noClasses()
                .that()
                .resideOutsideOfPackages(with(SOCKETS, "dev.kilonode.node.identity.."))
                .should()
                .dependOnClassesThat(assignableTo(Random.class)
                        .or(assignableTo(SecureRandom.class))
                        .or(assignableTo(SplittableRandom.class)))
                .because("chance is NodeRuntime.random()")
                .check(NODE);
        noClasses()
                .should()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(SecureRandom.class, byte[].class)
                .because("new SecureRandom(seed) repeats on some JDKs only; use NodeRuntime.random()")
                .check(NODE);
    }

    @Test
    void transcendentalFunctionsAreStrict() {
        noClasses()
                .should()
                .accessTargetWhere(DescribedPredicate.<JavaAccess<?>>describe(
                        "the target is a transcendental function of Math",
                        access -> access.getTargetOwner().isEquivalentTo(Math.class)
                                && TRANSCENDENTAL.contains(access.getName())))
                .because("Math's may differ in the last bit between JDKs; use StrictMath's")
                .check(NODE);
    }

    @Test
    void filesAreOpenedByTheStoreOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(with(SOCKETS, "dev.kilonode.node.store.disk.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.file.."))
                .orShould()
                .dependOnClassesThat(assignableTo(java.io.File.class))
                .because("chunks on disk are the store's business")
                .check(NODE);
    }

    private static String[] with(String[] packages, String... more) {
        return Stream.concat(Stream.of(packages), Stream.of(more)).toArray(String[]::new);
    }
}
