package dev.kilonode.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kilonode.reports.run.Summary;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final int AT_ONCE = 4;

    @TempDir
    static Path out;

    private static final ExecutorService RUNS = Executors.newFixedThreadPool(AT_ONCE);
    private static final Map<FaultScenario, Future<Summary>> WITH = new HashMap<>();
    private static final Map<FaultScenario, Future<Summary>> WITHOUT = new HashMap<>();

    static Stream<FaultScenario> scenarios() {
        return FaultScenario.all(false);
    }

    @BeforeAll
    static void begin() {
        List<FaultScenario> all = scenarios().toList();
        for (FaultScenario each : all) {
            String address = "wall.first-address=" + address(WITH.size());
            WITH.put(each, RUNS.submit(() -> each.run(out.resolve("with"), address)));
        }
        for (FaultScenario each : all) {
            String address = "wall.first-address=" + address(AT_ONCE + WITHOUT.size());
            WITHOUT.put(each, RUNS.submit(() -> each.runWithoutFault(out.resolve("without"), address)));
        }
    }

    /** Blocks of addresses of this process, so that two builds on one machine do not collide. */
    private static String address(int run) {
        long process = ProcessHandle.current().pid();
        return "127." + (124 + process / 250 % 60) + "." + process % 250 + "." + (1 + 20 * run);
    }

    @AfterAll
    static void end() {
        RUNS.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theFaultShowsAndEnds(FaultScenario scenario) throws Exception {
        scenario.assertHeld(fit(WITH, scenario));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void withoutTheFaultItsEffectIsMissing(FaultScenario scenario) throws Exception {
        scenario.assertMissing(fit(WITHOUT, scenario));
    }

    private static Summary fit(Map<FaultScenario, Future<Summary>> runs, FaultScenario scenario) throws Exception {
        Future<Summary> run = runs.get(scenario);
        assertThat(run).isNotNull();
        Summary summary = run.get();
        assumeTrue(
                summary.health().stream().noneMatch(each -> each.id().equals("tester-kept-up") && !each.fit()),
                "the machine was too busy");
        return summary;
    }
}
