package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.run.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealDeterminismTest {

    @TempDir
    Path out;

    @Test
    void equalRunsHaveEqualDigestsWhateverTheirVerdict() {
        List<String> values = new ArrayList<>(Commands.SMALL);
        values.add("workload.churn.restarts-per-node=20/h");
        values.add("checks[0].limit=1000");
        Commands.Said said = Commands.onSmoke("verify-determinism", out, values);
        assertThat(said.exit()).as(String.join("\n", said.err())).isEqualTo(ExitCode.PASS);
        assertThat(said.out().strip()).matches("[0-9a-f]{32}");
        assertThat(said.lastLine())
                .isEqualTo("kilonode: PASS (exit 0): 2 runs with equal digests "
                        + said.out().strip());
    }
}
