package dev.kilonode.simulator.scenario;

import dev.kilonode.simulator.plugins.Designs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which scenario to load, and what to change in it. Immutable.
 *
 * @param file        as the user named it
 * @param values      what replaces values of the file, the later the stronger
 * @param finalValues what replaces these: the flags that have a name of their own
 * @param scale       what nodes, hosts and uploaders are multiplied by, above 0
 * @param scaleSource what to blame for a scale that does not fit
 * @param designs     that the scenario may name
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

    /** As a run under {@code more} values, which are weaker than the final ones. */
    public ScenarioRequest with(List<ValueOverride> more) {
        return new ScenarioRequest(file, joined(values, more), finalValues, scale, scaleSource, designs);
    }

    /** As a run under {@code value}, stronger than all before. */
    public ScenarioRequest withFinal(ValueOverride value) {
        return new ScenarioRequest(
                file, values, joined(finalValues, List.of(value)), scale, scaleSource, designs);
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
