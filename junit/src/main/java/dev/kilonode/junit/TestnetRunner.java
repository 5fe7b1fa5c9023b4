package dev.kilonode.junit;

import dev.kilonode.reports.run.RunData;
import dev.kilonode.simulator.plugins.Designs;
import dev.kilonode.simulator.plugins.PluginFolder;
import dev.kilonode.simulator.run.LocalRunner;
import dev.kilonode.simulator.run.ProgressListener;
import dev.kilonode.simulator.run.RunResult;
import dev.kilonode.simulator.run.RunSpec;
import dev.kilonode.simulator.run.StopSignal;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioException;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the runs that tests ask for, in this process. */
final class TestnetRunner {

    /**
     * What a test asks for.
     *
     * @param seed null: the scenario's own
     */
    record Order(String file, @Nullable Long seed, List<String> set) {}

    private TestnetRunner() {}

    /** @throws TestnetException if the scenario is wrong */
    static TestnetRun run(Order order) {
        try {
            LoadedScenario loaded = load(order);
            RunResult result = new LocalRunner()
                    .run(RunSpec.of(loaded, out(), again(order)), ProgressListener.NONE, new StopSignal());
            return new TestnetRun(RunData.read(result.directory()), result.words(), result.report());
        } catch (ScenarioException e) {
            throw new TestnetException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LoadedScenario load(Order order) {
        List<ValueOverride> values = new ArrayList<>();
        for (String text : order.set()) values.add(ValueOverride.parse("set", text));
        if (order.seed() != null) values.add(new ValueOverride("seed", "seed", Long.toString(order.seed())));
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        Designs designs = PluginFolder.onClassPath(classes == null ? TestnetRunner.class.getClassLoader() : classes);
        return new ScenarioLoader().with(designs).load(file(order.file()), values);
    }

    /** Of the file system, or else of the class path; what is nowhere is left for the loader to say. */
    private static Path file(String name) {
        Path file = Path.of(name);
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        URL resource = Files.exists(file) || loader == null ? null : loader.getResource(name);
        if (resource == null || !resource.getProtocol().equals("file")) return file;
        try {
            URI uri = resource.toURI();
            return Path.of(uri);
        } catch (URISyntaxException e) {
            return file;
        }
    }

    private static Path out() {
        String told = System.getProperty("kilonode.out", "");
        if (!told.isBlank()) return Path.of(told);
        return Path.of(Files.isDirectory(Path.of("build")) ? "build" : "target", "kilonode");
    }

    private static String again(Order order) {
        StringBuilder line = new StringBuilder("kilonode run " + order.file());
        if (order.seed() != null) line.append(" --seed ").append(order.seed());
        for (String value : order.set())
            line.append(" --set '").append(value.replace("'", "'\\''")).append("'");
        return line.toString();
    }
}
