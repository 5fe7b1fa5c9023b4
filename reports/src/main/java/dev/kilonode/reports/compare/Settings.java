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
 * What of a scenario decides what happens in a run: its resolved values by path. Not the seed, which is what differs between the runs of one
 * scenario, nor names, checks, what the report shows, and the sources of costs.
 *
 * @param values {@code transport.registry} to {@code scoped-locks}
 */
public record Settings(SortedMap<String, String> values) {

    private static final ObjectMapper YAML = YAMLMapper.builder().build();
    private static final Pattern IRRELEVANT =
            Pattern.compile("(seed|name|description|checks|report|x-[^.]*)([.\\[].*)?|.*\\.source");
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

    /** 16 hex digits, equal for equal settings. */
    public String hash() {
        var text = new StringBuilder();
        values.forEach(
                (path, value) -> text.append(path).append('=').append(value).append('\n'));
        return Fingerprint.of(text.toString());
    }

    /** What differs, a line each: {@code transport.receive-capacity: 256 -> 2048}. */
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
