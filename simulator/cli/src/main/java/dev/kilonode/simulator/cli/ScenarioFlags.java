package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import dev.kilonode.simulator.plugins.Designs;
import dev.kilonode.simulator.plugins.PluginFolder;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ScenarioRequest;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Flags that change a scenario. Precedence: file, environment, {@code --set}, flag. */
class ScenarioFlags extends CommonFlags {
    @Parameter(names = "--set", description = "path=value, one value as YAML; repeatable", splitter = WholeValue.class)
    List<String> set = new ArrayList<>();

    @Parameter(names = "--seed", description = "seed of all random numbers")
    @Nullable
    String seed;

    @Parameter(names = "--clock", description = "virtual or wall")
    @Nullable
    String clock;

    @Parameter(names = "--duration", description = "length of the run, such as 30m")
    @Nullable
    String duration;

    @Parameter(names = "--scale", description = "factor on nodes, hosts and uploaders, such as 0.2")
    @Nullable
    String scale;

    @Parameter(names = "--plugins", description = "folder with jars of your own designs, see docs/plugins.md")
    @Nullable
    String plugins;

    private @Nullable Designs designs;

    /** @throws UsageException if a flag's value is wrong */
    LoadedScenario load(String operand, ScenarioLoader loader) {
        return scenario(operand).load(loader);
    }

    /** @throws UsageException if a flag's value is wrong */
    ScenarioRequest scenario(String operand) {
        return new ScenarioRequest(
                path(operand, "FILE").toString(), values(), named(true), scale(), sourceOf("--scale"), designs());
    }

    /** Read once, so that a suite runs the jars that it has checked. */
    private Designs designs() {
        if (designs == null) {
            Path folder = pluginFolder();
            designs = folder == null ? Designs.builtIn() : PluginFolder.read(folder);
        }
        return designs;
    }

    @Nullable
    Path pluginFolder() {
        if (plugins == null) return null;
        Path folder = path(plugins, "a folder");
        if (Files.isDirectory(folder)) return folder;
        throw new UsageException(sourceOf("--plugins") + ": got \"" + plugins
                + "\", expected a folder with jars of designs; there is "
                + (Files.exists(folder) ? "a file of that name" : "no such folder") + "; write --plugins "
                + (Files.exists(folder) && folder.getParent() != null ? folder.getParent() : "my-plugins"));
    }

    /** Values from the environment, then from {@code --set}. */
    private List<ValueOverride> values() {
        List<ValueOverride> values = new ArrayList<>(named(false));
        for (String text : set) values.add(ValueOverride.parse(sourceOf("--set"), text));
        return values;
    }

    /** @param byFlag whether to return values of flags, or those of environment variables */
    private List<ValueOverride> named(boolean byFlag) {
        List<ValueOverride> values = new ArrayList<>();
        String[][] named = {{"--seed", seed}, {"--clock", clock}, {"--duration", duration}};
        for (String[] flag : named) {
            if (flag[1] == null) continue;
            String source = sourceOf(flag[0]);
            if (source.equals(flag[0]) == byFlag) {
                values.add(new ValueOverride(source, flag[0].substring(2), flag[1]));
            }
        }
        return values;
    }

    private double scale() {
        if (scale == null) return 1;
        boolean percent = scale.matches("[0-9]{1,6}(\\.[0-9]{1,6})?%");
        if (percent || scale.matches("[0-9]{1,4}(\\.[0-9]{1,6})?")) {
            double factor = percent
                    ? Double.parseDouble(scale.substring(0, scale.length() - 1)) / 100
                    : Double.parseDouble(scale);
            if (factor > 0 && factor <= 100) return factor;
        }
        throw new UsageException(sourceOf("--scale") + ": got \"" + scale
                + "\", expected a factor above 0, at most 100; write --scale 0.2");
    }

    static Path path(String text, String what) {
        try {
            Path path = Path.of(text);
            if (text.contains("=") && !Files.exists(path)) {
                throw new UsageException(
                        "got \"" + text + "\", expected " + what + "; write --set " + text + " to change a value");
            }
            return path;
        } catch (InvalidPathException e) {
            throw new UsageException("expected " + what + ", " + words(e));
        }
    }

    /** The usual cause is that the locale's encoding lacks a character of the name. */
    static String words(InvalidPathException e) {
        return "got \"" + e.getInput() + "\", which cannot be the name of a file here: " + e.getReason()
                + (e.getReason().contains("unmappable") ? "; write LC_ALL=C.UTF-8 ./kilonode ..." : "");
    }
}
