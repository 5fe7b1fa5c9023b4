package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class ThreadsUsageTest {

    @TempDir
    Path out;

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "two", "1.5", "", "999999999999", "40"})
    void aNumberThatCannotBeIsRefusedWithTheRange(String threads) throws IOException {
        Commands.Said said = Commands.onSmoke("run", out, Commands.SMALL, "--threads", threads);
        assertThat(said.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(said.lastLine()).contains("--threads", "expected auto or 1 to ", "write --threads auto");
    }

    @Test
    void inWallTimeThereIsAnotherSetting() throws IOException {
        Commands.Said said = Commands.onSmoke("run", out, Commands.SMALL, "--threads", "2", "--clock", "wall");
        assertThat(said.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(said.lastLine()).contains("--threads", "in wall time", "wall.loops");
    }

    @Test
    void hostsThatAreTooNearRunOnOneThreadWhichIsSaid() throws IOException {
        List<String> near = new ArrayList<>(Commands.SMALL);
        near.add("network.latency={default: 10us}");
        near.add("checks=[]");
        Commands.Said said = Commands.onSmoke("run", out, near, "--threads", "2");
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.PASS);
        assertThat(String.join("\n", said.err())).contains("runs on one thread: network.latency.default is below 1 ms");
    }

    @Test
    void determinismIsVerifiedOverNumbersOfThreads() throws IOException {
        Commands.Said said = Commands.onSmoke("verify-determinism", out, Commands.SMALL, "--threads", "1,2,3");
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.PASS);
        assertThat(said.lastLine()).contains("3 runs with equal digests");
        assertThat(String.join("\n", said.err()))
                .contains("run 1 of 3")
                .contains(", 1 thread")
                .contains("run 3 of 3")
                .contains(", 3 threads");
        Commands.Said few =
                Commands.onSmoke("verify-determinism", out, Commands.SMALL, "--threads", "1,2,3", "--runs", "2");
        assertThat(few.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(few.lastLine()).contains("write --runs 3");
    }
}
