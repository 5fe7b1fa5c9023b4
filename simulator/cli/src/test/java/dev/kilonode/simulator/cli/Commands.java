package dev.kilonode.simulator.cli;

import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.LocalRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real command line in this process: scenarios really run, in virtual time. Signals are not handled. */
final class Commands {

    static final String SMOKE = Path.of("../..", "scenarios", "smoke.yaml").toString();

    /** 16 nodes for three minutes, with two uploads that take half a minute. */
    static final List<String> SMALL =
            List.of("nodes.count=16", "nodes.per-host=4", "nodes.join-over=20s", "duration=3m", "checks[0].limit=2");

    /** What a command left: its exit code and what it said on both streams. */
    record Said(ExitCode exit, String out, List<String> err) {
        String lastLine() {
            return err.isEmpty() ? "" : err.get(err.size() - 1);
        }
    }

    private Commands() {}

    /** A JVM of its own with this one's class path, not started yet. */
    static ProcessBuilder java(List<String> options, List<String> mainAndArguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(List.of("-Djava.awt.headless=true", "-cp", System.getProperty("java.class.path")));
        line.addAll(mainAndArguments);
        return new ProcessBuilder(line);
    }

    /** The same for a command. */
    static ProcessBuilder process(String heap, List<String> arguments) {
        return process(List.of(heap), arguments);
    }

    /** The same with more options of the JVM. */
    static ProcessBuilder process(List<String> options, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(Main.class.getName()));
        line.addAll(arguments);
        return java(options, line);
    }

    static Said kilonode(List<String> arguments) {
        return kilonode(arguments, Map.of());
    }

    static Said kilonode(List<String> arguments, Map<String, String> environment) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                false,
                false);
        ExitCode exit = new Main(console, new LocalRunner()).run(arguments);
        return new Said(
                exit,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8).lines().toList());
    }

    /** {@code command} on the smoke scenario with {@code values} set. */
    static Said onSmoke(String command, Path out, List<String> values, String... flags) {
        return kilonode(onSmokeLine(command, out, values, flags));
    }

    static List<String> onSmokeLine(String command, Path out, List<String> values, String... flags) {
        List<String> line = new ArrayList<>(List.of(command, SMOKE, "--out", out.toString()));
        values.forEach(value -> line.addAll(List.of("--set", value)));
        line.addAll(List.of(flags));
        return line;
    }

    /** The only run that there is in the results folder {@code out}. */
    static Path onlyRun(Path out) throws IOException {
        try (Stream<Path> runs = Files.list(out.resolve("smoke"))) {
            List<Path> all = runs.toList();
            if (all.size() != 1) throw new IllegalStateException("expected one run, got " + all);
            return all.get(0);
        }
    }
}
