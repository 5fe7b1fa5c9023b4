package dev.kilonode.simulator.run.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.kernel.engine.InterruptedRunException;
import dev.kilonode.simulator.run.control.Assignment;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.ControlPlane;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import dev.kilonode.simulator.run.control.InProcessControlPlane;
import dev.kilonode.simulator.run.control.Messages;
import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.harness.RunControl;
import dev.kilonode.simulator.scenario.LoadedScenario;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a worker ends that is told to stop before its part has begun. */
@Timeout(30)
class WorkerTest {

    private final InProcessControlPlane plane = new InProcessControlPlane();

    @Test
    void aStopWhileItPreparesIsNoFailure() throws InterruptedException {
        assertThat(served(new InterruptedRunException(), new Command.Stop("Ctrl-C"), new Command.Finish()))
                .isEqualTo(new Worker.Result(Worker.End.FINISHED, "the run is over; the coordinator has its verdict"));
        assertThat(failures()).isEmpty();
    }

    @Test
    void aCoordinatorThatSaysThatTheRunIsOverAndLeavesIsNotLost() throws InterruptedException {
        try (CoordinatorLink link = plane.join(Messages.WORKER)) {
            plane.send(0, new Command.Assign(new Assignment("test", "name: test", 0, 1, List.of())));
            plane.send(0, new Command.Finish());
            plane.close();
            assertThat(new Worker(link, new Failing(new InterruptedRunException()))
                            .serve()
                            .end())
                    .isEqualTo(Worker.End.FINISHED);
        }
    }

    @Test
    void whatFailsWhileItPreparesIsReported() throws InterruptedException {
        assertThat(served(new IllegalStateException("broken")).end()).isEqualTo(Worker.End.FAILED);
        assertThat(failures())
                .hasSize(1)
                .allSatisfy(failed -> assertThat(failed.words()).contains("broken"));
    }

    @Test
    void aWorkerMakesRunsUntilThereAreNoMore() throws InterruptedException {
        try (CoordinatorLink link = plane.join(Messages.WORKER)) {
            for (long lease = 1; lease <= 3; lease++) plane.send(0, new Command.Make(lease, "", "", "fail", 0, false));
            plane.send(0, new Command.Finish());
            Worker worker = new Worker(link, new Failing(new IllegalStateException("no part")));
            assertThat(worker.serve())
                    .isEqualTo(new Worker.Result(Worker.End.FINISHED, "all runs have been made, 3 of them here"));
            assertThat(worker.made()).isEqualTo(3);
        }
    }

    /** Assigns a part whose preparation fails, and sends what follows. */
    private Worker.Result served(RuntimeException failure, Command... following) throws InterruptedException {
        try (CoordinatorLink link = plane.join(Messages.WORKER)) {
            plane.send(0, new Command.Assign(new Assignment("test", "name: test", 0, 1, List.of())));
            for (Command command : following) plane.send(0, command);
            return new Worker(link, new Failing(failure)).serve();
        }
    }

    private List<Report.Failed> failures() throws InterruptedException {
        List<Report.Failed> failures = new ArrayList<>();
        ControlPlane.FromWorker next;
        while ((next = plane.poll(Duration.ofMillis(50))) != null) {
            if (next.report() instanceof Report.Failed failed) failures.add(failed);
        }
        return failures;
    }

    private record Failing(RuntimeException failure) implements WorkerSetup {

        @Override
        public Path work() {
            return Path.of("never-used");
        }

        @Override
        public PrintStream log() {
            return System.err;
        }

        @Override
        public LoadedScenario load(String scenario, int parts) {
            throw failure;
        }

        @Override
        public void make(Command.Make run, CoordinatorLink link, RunControl control) {
            link.send(new Report.Made(run.lease(), 100, "", "", Map.of()));
        }

        @Override
        public Report.Failed failure(Throwable thrown) {
            return new Report.Failed(70, String.valueOf(thrown.getMessage()));
        }

        @Override
        public void halt() {
            throw new AssertionError("the worker ends by itself");
        }
    }
}
