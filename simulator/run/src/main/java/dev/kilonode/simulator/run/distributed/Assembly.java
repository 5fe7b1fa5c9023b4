package dev.kilonode.simulator.run.distributed;

import dev.kilonode.simulator.kernel.engine.InterruptedRunException;
import dev.kilonode.simulator.run.control.Assignment;
import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.ControlPlane;
import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.harness.RunControl;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Brings the workers of a run together, before there is a run directory: waits for them, gives each its part, and waits until all are
 * prepared. What goes wrong here is an error of the environment, not a result.
 */
public final class Assembly {

    /** For creating nodes with their keys and for opening files; more than a busy machine needs for a thousand. */
    private static final Duration PREPARATION = Duration.ofMinutes(5);

    private static final Duration POLL = Duration.ofMillis(100);

    /** Exchanges of messages that measure the clock of one worker. */
    private static final int EXCHANGES = 15;

    private final Workers workers;
    private final PrintStream log;
    private final RunControl control;
    private final ChildProcesses processes;

    /**
     * @param build of this coordinator
     * @param log receives a line for what people must know
     */
    public Assembly(ControlPlane plane, String build, PrintStream log, RunControl control, ChildProcesses processes) {
        workers = new Workers(plane, build);
        this.log = log;
        this.control = control;
        this.processes = processes;
    }

    Workers workers() {
        return workers;
    }

    ChildProcesses processes() {
        return processes;
    }

    /**
     * Waits for workers, and divides the run among the first.
     *
     * @throws ClusterException if there are fewer within {@code patience}
     * @throws InterruptedRunException if the run is stopped meanwhile
     */
    public void await(int wanted, Duration patience) throws InterruptedException {
        long untilNanos = System.nanoTime() + patience.toNanos();
        while (workers.joined() < wanted) {
            if (System.nanoTime() > untilNanos) {
                throw new ClusterException("only " + workers.joined() + " of " + wanted + " workers joined within "
                        + patience.toSeconds() + " s at " + workers.plane().address()
                        + "; start the others with kilonode worker --join "
                        + workers.plane().address()
                        + ", or write --workers " + Math.max(1, workers.joined()));
            }
            take();
        }
        workers.divide(wanted);
        logRefusals();
    }

    void tell(String line) {
        log.println(line);
    }

    /** Tells people whom the coordinator has refused since the last call. */
    void logRefusals() {
        workers.takeRefusals().forEach(log::println);
    }

    /** The addresses of the hosts of each worker; empty if all are loopback addresses of one machine. */
    public List<String> addressBlocks() {
        List<WorkerRecord> all = workers.all();
        if (all.stream().allMatch(worker -> worker.info.addressBlock() == null)) {
            String odd = all.stream()
                    .map(worker -> worker.info.machine())
                    .distinct()
                    .skip(1)
                    .findFirst()
                    .orElse("");
            if (!odd.isEmpty()) {
                throw new ClusterException(
                        "workers on several machines (" + all.get(0).info.machine() + ", " + odd
                                + ") have loopback addresses, at which they cannot reach each other; start each worker with"
                                + " --addresses and a block of its own, such as --addresses 10.1.0.0/24");
            }
            return List.of();
        }
        for (WorkerRecord worker : all) {
            if (worker.info.addressBlock() == null) {
                throw new ClusterException(worker + " has no addresses for its hosts, others have; start it with"
                        + " --addresses and a block of its own, such as --addresses 10.1.0.0/24");
            }
        }
        return all.stream()
                .map(worker -> Objects.requireNonNull(worker.info.addressBlock()))
                .toList();
    }

    /**
     * Gives each worker its part, and waits until all are prepared and their clocks are measured.
     *
     * @throws WorkerFailedException if one cannot execute its part
     * @throws ClusterException if one is lost, or takes too long
     */
    public void prepare(String run, String scenario, List<String> addressBlocks) throws InterruptedException {
        int parts = workers.all().size();
        for (WorkerRecord worker : workers.all()) {
            worker.state = WorkerState.PREPARING;
            workers.send(worker, new Command.Assign(new Assignment(run, scenario, worker.part, parts, addressBlocks)));
        }
        long untilNanos = System.nanoTime() + PREPARATION.toNanos();
        while (!workers.all(WorkerState.PREPARED)) {
            if (System.nanoTime() > untilNanos) {
                throw new ClusterException(
                        "not all workers were prepared within " + PREPARATION.toMinutes() + " min; look at their logs");
            }
            take();
        }
        for (WorkerRecord worker : workers.all()) measure(worker);
    }

    private void measure(WorkerRecord worker) throws InterruptedException {
        long untilNanos = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        for (int i = 0; i < EXCHANGES; i++) {
            workers.send(worker, new Command.Ping(System.nanoTime()));
            while (worker.clock.exchanges() <= i) {
                if (System.nanoTime() > untilNanos) {
                    throw new ClusterException(worker + " did not answer, so that its clock could not be measured");
                }
                take();
            }
        }
        worker.systemOffsetMs = worker.clock.systemOffsetMillis();
        worker.clockErrorMs = worker.clock.errorNanos() / 1e6;
    }

    private void take() throws InterruptedException {
        if (control.stopRequested()) throw new InterruptedRunException();
        String gone = processes.anyEnded();
        Workers.Heard heard = workers.take(POLL);
        logRefusals();
        if (heard != null && heard.report() instanceof Report.Failed failed) {
            throw new WorkerFailedException(failed.exitCode(), heard.worker() + ": " + failed.words());
        }
        if (heard != null && heard.report() instanceof Report.Lost lost && heard.worker().part >= 0) {
            throw new ClusterException(heard.worker() + " was lost before the run began: " + lost.why());
        }
        if (gone != null && heard == null) throw new ClusterException(gone);
    }

    /** Tells all workers that the run is over, also those that were lost, in case they still live. */
    public void finish() {
        workers.finish();
    }
}
