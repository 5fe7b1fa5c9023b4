package dev.kilonode.simulator.scenario;

import dev.kilonode.simulator.plugins.Designs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A scenario to load, and the changes to apply. Immutable.
 *
 * @param file as the user named it
 * @param values overrides of values of the file; later ones win
 * @param finalValues overrides applied after these: flags with a name of their own
 * @param scale factor on nodes, hosts and uploaders, above 0
 * @param scaleSource the flag or variable to name in messages about the scale
 * @param designs designs that the scenario may name
 */
public record ScenarioRequest(
        String file,
        List<ValueOverride> values,
        List<ValueOverride> finalValues,
        double scale,
        String scaleSource,
        Designs designs) {

    public ScenarioRequest {
        values = List.copyOf(values);
        finalValues = List.copyOf(finalValues);
    }

    public ScenarioRequest withSeed(long seed) {
        return withFinal(new ValueOverride("--seed", "seed", Long.toString(seed)));
    }

    /** This request with further overrides, which the final ones still override. */
    public ScenarioRequest with(List<ValueOverride> more) {
        return new ScenarioRequest(file, joined(values, more), finalValues, scale, scaleSource, designs);
    }

    /** This request with a further final override, which wins over all others. */
    public ScenarioRequest withFinal(ValueOverride value) {
        return new ScenarioRequest(file, values, joined(finalValues, List.of(value)), scale, scaleSource, designs);
    }

    /** @throws ScenarioException if it cannot be run */
    public LoadedScenario load(ScenarioLoader loader) {
        return loader.with(designs).load(Path.of(file), joined(values, finalValues), scale, scaleSource);
    }

    private static List<ValueOverride> joined(List<ValueOverride> first, List<ValueOverride> second) {
        List<ValueOverride> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
