package dev.kilonode.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * What decides events in virtual time uses no threads, no files, no sockets, no clock and no random numbers but its own, so that equal seeds give
 * equal digests. That is everything but the packages and classes named here.
 */
final class Determinism {

    /**
     * What lives in real time, or reads and writes files: packages, with {@code ..} also those below, and classes. What they do is in no digest of
     * virtual time, or decides before the run begins.
     */
    static final Set<String> EXEMPT = Set.of(
            "cluster..",
            "junit",
            "node.identity.FixedSeed", // hands the seed of a key to the JCA
            "node.identity.NodeIdentity",
            "node.identity.SignatureScheme",
            "node.link.base",
            "node.link.memory",
            "node.link.netty",
            "node.link.provider",
            "node.link.quic",
            "node.link.tcp",
            "node.link.tls",
            "node.store.disk",
            "reports..",
            "simulator.cli",
            "simulator.experiments..",
            "simulator.kernel.threads", // runs parts side by side whose results do not depend on it; see packages.txt
            "simulator.plugins.PluginFolder",
            "simulator.run", // the API: files, watchdog; not the packages below it
            "simulator.run.control", // between processes, in wall time only
            "simulator.run.distributed", // the same: coordinator and worker of a run in wall time
            "simulator.run.harness.ChunkFolder",
            "simulator.run.harness.RecordedRun",
            "simulator.scenario.CostsFile",
            "simulator.scenario.RecordShape", // a cache for all threads
            "simulator.scenario.ScenarioLoader",
            "simulator.scenario.ScenarioRequest",
            "simulator.scenario.TextFile",
            "simulator.wall");

    private static final Set<String> TRANSCENDENTAL = Set.of(
            "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "expm1", "log", "log10", "log1p", "pow",
            "cbrt", "sinh", "cosh", "tanh", "hypot");

    /** What is forbidden, by the name that a violation is reported under. */
    static final Map<String, ArchCondition<JavaClass>> FORBIDDEN = Map.of(
            "threads",
            dependOnClassesThat(assignableTo(Thread.class)
                    .or(resideInAPackage("java.util.concurrent..").and(not(equivalentTo(TimeUnit.class))))),
            "files and sockets",
            dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.net..", "java.nio.channels..", "io.netty..")
                    .or(assignableTo(java.io.File.class))),
            "the machine's clock",
            callMethod(System.class, "nanoTime")
                    .or(callMethod(System.class, "currentTimeMillis"))
                    .or(callMethod(Instant.class, "now"))
                    .or(dependOnClassesThat(assignableTo(Clock.class))),
            "random numbers that are not the run's",
            dependOnClassesThat(assignableTo(Random.class)
                            .or(assignableTo(SecureRandom.class))
                            .or(assignableTo(ThreadLocalRandom.class)))
                    .or(callMethod(Math.class, "random"))
                    .or(callMethod(UUID.class, "randomUUID"))
                    .or(callMethod(System.class, "identityHashCode", Object.class)),
            "functions whose last bit differs between JDKs",
            accessTargetWhere(DescribedPredicate.<JavaAccess<?>>describe(
                    "the target is a transcendental function of Math",
                    access -> access.getTargetOwner().isEquivalentTo(Math.class)
                            && TRANSCENDENTAL.contains(access.getName()))));

    private Determinism() {}

    /** A rule for each of {@link #FORBIDDEN}, over the classes that {@code decide} selects. */
    static List<ArchRule> rules(DescribedPredicate<JavaClass> decide) {
        List<ArchRule> rules = new ArrayList<>();
        FORBIDDEN.forEach((what, uses) ->
                rules.add(noClasses().that(decide).should(uses).because("what decides events may not use " + what)));
        return rules;
    }
}
