package dev.kilonode.simulator.run;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kilonode.reports.run.Summary;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped scenarios of the faults that only wall time has. Their runs sleep most of the time, so they run at the same time. */
@Tag("once")
class WallFaultScenariosTest {

    @TempDir
    static Path out;

    private static final ExecutorService RUNS = Executors.newFixedThreadPool(4);
    private static final Map<FaultScenario, Future<Summary>> WITH = new HashMap<>();
    private static final Map<FaultScenario, Future<Summary>> WITHOUT = new HashMap<>();

    static Stream<FaultScenario> scenarios() {
        return FaultScenario.all(false);
    }

    @BeforeAll
    static void begin() {
        for (FaultScenario each : scenarios().toList()) {
            String with = firstAddress(WITH.size() + WITHOUT.size());
            WITH.put(each, RUNS.submit(() -> each.run(out.resolve("with"), with)));
            String without = firstAddress(WITH.size() + WITHOUT.size());
            WITHOUT.put(each, RUNS.submit(() -> each.runWithoutFault(out.resolve("without"), without)));
        }
    }

    /** Addresses for one run, chosen by process so that two builds on one machine do not collide. */
    private static String firstAddress(int run) {
        long process = ProcessHandle.current().pid();
        return "wall.first-address=127." + (124 + process / 250 % 60) + "." + process % 250 + "." + (1 + 20 * run);
    }

    @AfterAll
    static void end() {
        RUNS.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theFaultShowsAndEnds(FaultScenario scenario) throws Exception {
        judge(WITH, scenario, true);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void withoutTheFaultItsEffectIsMissing(FaultScenario scenario) throws Exception {
        judge(WITHOUT, scenario, false);
    }

    private static void judge(Map<FaultScenario, Future<Summary>> runs, FaultScenario scenario, boolean fault)
            throws Exception {
        Summary run = Objects.requireNonNull(runs.get(scenario)).get();
        boolean keptUp = run.health().stream().anyMatch(each -> each.id().equals("tester-kept-up") && each.fit());
        assumeTrue(keptUp || FaultScenario.isRight(run, fault), "the machine was too busy");
        scenario.assertRight(run, fault);
    }
}
