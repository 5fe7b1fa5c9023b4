package dev.kilonode.simulator.cli;

import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.ProgressListener;
import dev.kilonode.simulator.run.RunResult;
import dev.kilonode.simulator.run.RunSpec;
import dev.kilonode.simulator.run.Runner;
import dev.kilonode.simulator.run.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Answers as told and keeps what it was asked; each run gets a directory with the digests it was given. */
final class FakeRunner implements Runner {
    final List<RunSpec> requests = new ArrayList<>();
    final List<String> digests = new ArrayList<>();
    ExitCode exit = ExitCode.PASS;
    Throwable failure = new AssertionError("unset");
    boolean fails;
    boolean interrupted;

    @Override
    public RunResult run(RunSpec request, ProgressListener progress, StopSignal stop) throws Exception {
        requests.add(request);
        if (fails) throwIt();
        if (interrupted) {
            boolean first = stop.request(ExitCode.INTERRUPTED);
            if (!first) throw new IllegalStateException("interrupted twice");
        }
        Path directory = request.out().resolve("run-" + requests.size());
        return result(directory, requests.size() <= digests.size() ? digests.get(requests.size() - 1) : "60000 aa\n");
    }

    private void throwIt() throws Exception {
        if (failure instanceof Error error) throw error;
        throw (Exception) failure;
    }

    private RunResult result(Path directory, String lines) throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Path written = Files.writeString(data.resolve("digest.txt"), lines);
        String last = Files.readString(written).strip();
        return new RunResult(
                exit,
                "1 of 9 checks",
                directory,
                directory.resolve("report.html"),
                last.substring(last.lastIndexOf(' ') + 1));
    }

    @Override
    public RunResult report(Path directory) throws IOException {
        return result(directory, "60000 aa\n");
    }
}
