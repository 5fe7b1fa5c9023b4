package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.simulator.run.ProcessLauncher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Makes runs in processes of this machine. */
public final class LocalRunExecutor implements RunExecutor {

    private final ProcessLauncher processes;
    private final Path suiteDirectory;
    private final int jobs;
    private final ConcurrentLinkedQueue<RunProcess> running = new ConcurrentLinkedQueue<>();

    /** @param jobs most runs at a time */
    public LocalRunExecutor(ProcessLauncher processes, Path suiteDirectory, int jobs) {
        this.processes = processes;
        this.suiteDirectory = suiteDirectory;
        this.jobs = jobs;
    }

    @Override
    public boolean hasRoom() {
        running.removeIf(run -> !run.isAlive());
        return running.size() < jobs;
    }

    @Override
    public RunUnderWay start(PlannedRun planned, int number) throws IOException {
        RunProcess run = RunProcess.start(planned, processes, suiteDirectory, number);
        running.add(run);
        return run;
    }

    @Override
    public void await(long millis) throws InterruptedException {
        running.removeIf(run -> !run.isAlive());
        RunProcess first = running.peek();
        if (first != null) first.await(millis);
    }

    @Override
    public void killAll() {
        running.forEach(RunProcess::end);
    }

    @Override
    public void close() {
        killAll();
    }
}
