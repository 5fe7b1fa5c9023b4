package dev.kilonode.reports.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kilonode.reports.run.Fingerprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The settings that affect what happens in a run: resolved values of the scenario by path. Without the seed, names, checks, expectations,
 * report options, and sources of costs.
 *
 * @param values {@code transport.registry} to {@code scoped-locks}
 */
public record Settings(SortedMap<String, String> values) {

    private static final ObjectMapper YAML = YAMLMapper.builder().build();
    private static final Pattern IRRELEVANT = Pattern.compile(
            "(seed|name|description|checks|report|expect|invariants|exempt-invariants|on-worker-loss|x-[^.]*)([.\\[].*)?|.*\\.source");
    /** Settings that control which data are kept, and do not affect the run. */
    private static final Pattern KEPT = Pattern.compile("metrics\\.(worst-nodes|drop-samples|drop-sample-cap)");

    private static final String NONE = "nothing";

    /** @throws IOException if the text is not a scenario in YAML */
    public static Settings of(String resolvedYaml) throws IOException {
        JsonNode root = YAML.readTree(resolvedYaml);
        if (root == null || !root.isObject()) {
            throw new IOException("not a scenario");
        }
        var values = new TreeMap<String, String>();
        flatten("", root, values);
        values.keySet().removeIf(path -> IRRELEVANT.matcher(path).matches());
        return new Settings(values);
    }

    /**
     * Hash of the settings that differ from their defaults, 16 hex digits. A new setting at its default does not change it.
     *
     * @param resolvedYaml the scenario with every value
     * @param defaultsYaml the built-in values; those of the items of a list {@code a.b} are under {@code x-items: a.b:}
     * @throws IOException if a text is not a scenario in YAML
     */
    public static String hash(String resolvedYaml, String defaultsYaml) throws IOException {
        JsonNode defaults = YAML.readTree(defaultsYaml);
        var known = new TreeMap<String, String>();
        flatten("", defaults, known);
        defaults.path("x-items").properties().forEach(list -> flatten(list.getKey() + "[]", list.getValue(), known));
        var values = new TreeMap<String, String>();
        of(resolvedYaml).values().forEach((path, value) -> {
            int item = path.lastIndexOf(']');
            if (item >= 0) {
                values.put(
                        path.substring(0, item + 1),
                        ""); // records that the item exists, even if all its values are defaults
            }
            // defaults of an item are those of its list, not those of the built-in list at the same place
            String anyItem = path.replaceAll("\\[[0-9]+]", "[]");
            if (!value.equals(known.get(anyItem)) && !KEPT.matcher(path).matches()) {
                values.put(path, value);
            }
        });
        return new Settings(values).hash();
    }

    /** Hash of all settings including defaults, 16 hex digits; as in files from before models had versions. */
    public String hash() {
        var text = new StringBuilder();
        values.forEach(
                (path, value) -> text.append(path).append('=').append(value).append('\n'));
        return Fingerprint.of(text.toString());
    }

    /** Differences, one per line: {@code transport.receive-capacity: 256 -> 2048}. */
    public List<String> differences(Settings other) {
        SortedSet<String> paths = new TreeSet<>(values.keySet());
        paths.addAll(other.values.keySet());
        var lines = new ArrayList<String>();
        for (String path : paths) {
            String here = values.getOrDefault(path, NONE);
            String there = other.values.getOrDefault(path, NONE);
            if (!here.equals(there)) {
                lines.add(path + ": " + here + " -> " + there);
            }
        }
        return lines;
    }

    private static void flatten(String path, JsonNode node, SortedMap<String, String> into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "[" + i + "]", node.get(i), into);
            }
        } else {
            into.put(path, node.asText());
        }
    }
}
