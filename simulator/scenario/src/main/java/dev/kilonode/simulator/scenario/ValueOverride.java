package dev.kilonode.simulator.scenario;

/**
 * A value given outside the scenario file.
 *
 * @param source the flag or environment variable, such as {@code --set} or {@code KILONODE_SEED}
 * @param path its key, such as {@code transport.shards} or {@code hosts[0].count}
 * @param value one value, as YAML
 */
public record ValueOverride(String source, String path, String value) {
    /**
     * Parses the argument of {@code --set path=value}.
     *
     * @throws ScenarioException if there is no {@code =}
     */
    public static ValueOverride parse(String source, String text) {
        int split = text.indexOf('=');
        if (split < 1) {
            throw ScenarioException.at(
                    new Origin(source, 1, 1, text),
                    "",
                    "got \"" + text + "\", expected path=value; write " + source + " transport.shards=16");
        }
        return new ValueOverride(source, text.substring(0, split).strip(), text.substring(split + 1));
    }
}
