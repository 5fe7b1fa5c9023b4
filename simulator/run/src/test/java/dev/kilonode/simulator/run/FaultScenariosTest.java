package dev.kilonode.simulator.run;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped scenarios of faults in virtual time, as shipped: each shows its fault and the recovery. */
class FaultScenariosTest {

    @TempDir
    Path out;

    static Stream<FaultScenario> scenarios() {
        return FaultScenario.all(true);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theFaultShowsAndEnds(FaultScenario scenario) throws Exception {
        scenario.assertHeld(scenario.run(out));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void withoutTheFaultItsEffectIsMissing(FaultScenario scenario) throws Exception {
        scenario.assertMissing(scenario.runWithoutFault(out));
    }
}
