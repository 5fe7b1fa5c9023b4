package dev.kilonode.simulator.experiments.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.simulator.run.ProcessLauncher;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is made of a process's exit code: a JVM has some of its own, among them that of a run that failed. */
@DisabledOnOs(OS.WINDOWS)
class RunProcessTest {

    @TempDir
    Path folder;

    /** Ends as a JVM does by itself, or as our program does. */
    public static final class Ends {
        public static void main(String[] arguments) {
            System.err.println("kilonode: WORDS (exit 1): the last line");
            System.exit(Integer.parseInt(arguments[0]));
        }
    }

    private SuiteRun run(String mainClass, int exit) throws Exception {
        var planned =
                new PlannedRun(SuiteRun.waiting("s", "s.yaml", "hash", 1, 1), List.of(Integer.toString(exit)), () -> {
                    throw new AssertionError("its command line is enough");
                });
        RunProcess child = RunProcess.start(planned, new ProcessLauncher(mainClass, 32, 1), folder, 1);
        while (child.isAlive()) child.await(1_000);
        return child.result();
    }

    private SuiteRun ended(int exit) throws Exception {
        return run(Ends.class.getName(), exit);
    }

    @Test
    void ourExitCodesBecomeTheRunsOutcome() throws Exception {
        assertThat(ended(100).state()).isEqualTo(SuiteRun.State.PASS);
        SuiteRun failed = ended(101);
        assertThat(failed.state()).isEqualTo(SuiteRun.State.FAIL);
        assertThat(failed.words()).isEqualTo("the last line");
        assertThat(ended(103).state()).isEqualTo(SuiteRun.State.INCONCLUSIVE);
        assertThat(ended(170).exitCode()).isEqualTo(70);
    }

    @Test
    void exitCodesOfTheJvmAreFailuresOfTheEnvironment() throws Exception {
        for (int exit : new int[] {0, 1, 3, 134}) {
            SuiteRun run = ended(exit);
            assertThat(run.state()).as("exit " + exit).isEqualTo(SuiteRun.State.ERROR);
            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.words()).contains("its JVM failed (exit " + exit + "): the last line, see ");
        }
        SuiteRun run = run("no.such.Program", 0);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.words()).contains("its JVM failed (exit 1)", "no.such.Program");
    }

    @Test
    void aKilledProcessHasFailed() throws Exception {
        assertThat(ended(137).words()).isEqualTo("its process was ended by signal 9");
        assertThat(ended(137).state()).isEqualTo(SuiteRun.State.FAIL);
        assertThat(ended(243).words()).isEqualTo("its process was ended by signal 15");
    }
}
