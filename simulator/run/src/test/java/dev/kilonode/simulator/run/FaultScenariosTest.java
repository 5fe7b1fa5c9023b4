package dev.kilonode.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.run.Summary;
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
        Summary run = scenario.run(out);
        scenario.assertRight(run, true);
        assertThat(run.verdict()).isEqualTo(Summary.Verdict.PASS);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void withoutTheFaultItsEffectIsMissing(FaultScenario scenario) throws Exception {
        scenario.assertRight(scenario.runWithoutFault(out), false);
    }
}
