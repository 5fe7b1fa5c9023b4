package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.node.registry.RegistryDesign;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ValueOverride;
import dev.kilonode.simulator.settings.HostGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One change of the scenario for a run of a forecast or a sweep.
 *
 * @param label the change in words; empty if there is none
 * @param overrides values to set
 * @param values the value on each axis
 */
public record Variation(String label, List<ValueOverride> overrides, List<String> values) {

    /** The unchanged scenario. */
    public static final Variation NONE = new Variation("", List.of(), List.of());

    private static final Map<String, String> SHORT =
            Map.of("nodes", "nodes.count", "uploaders", "workload.uploaders.count", "design", "transport.registry");

    /**
     * Parses one {@code --vary path=a,b,c}.
     *
     * @throws IllegalArgumentException if the form is wrong
     */
    public static List<Variation> parse(String text, Scenario scenario) {
        int split = text.indexOf('=');
        if (split < 1 || split == text.length() - 1) {
            throw new IllegalArgumentException("got \"" + text
                    + "\", expected path=value,value; write nodes=500,1000,2000,"
                    + " design=scoped-locks,paired-locks or transport.shards=8,16");
        }
        String path = path(text);
        List<Variation> all = new ArrayList<>();
        Set<String> given = new HashSet<>();
        for (String value : values(text.substring(split + 1))) {
            if (value.isEmpty())
                throw new IllegalArgumentException("got \"" + text + "\", in which a value is missing");
            if (!given.add(value))
                throw new IllegalArgumentException("got \"" + text + "\", in which " + value + " is given twice");
            all.add(of(path, value, scenario));
        }
        return all;
    }

    /** The path of {@code path=value,value}. */
    public static String path(String text) {
        return text.substring(0, Math.max(0, text.indexOf('='))).strip();
    }

    /** The setting that a path of {@code --vary} means: {@code nodes} is short for {@code nodes.count}. */
    public static String setting(String path) {
        return SHORT.getOrDefault(path, path);
    }

    /** Splits at commas, but for those within brackets, braces and quotes, as in {@code [1, 2],[3]}. */
    private static List<String> values(String text) {
        List<String> all = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        int depth = 0;
        char quote = 0;
        for (char c : text.toCharArray()) {
            if (quote != 0) quote = c == quote ? 0 : quote;
            else if (c == '"' || c == '\'') quote = c;
            else if (c == '[' || c == '{') depth++;
            else if (c == ']' || c == '}') depth--;
            if (c == ',' && depth == 0 && quote == 0) {
                all.add(value.toString().strip());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        all.add(value.toString().strip());
        return all;
    }

    /** Half and twice the nodes and the uploaders, and the other design: the usual first questions. */
    public static List<Variation> grid(Scenario scenario) {
        List<Variation> all = new ArrayList<>();
        int nodes = scenario.nodes().count();
        int uploaders = scenario.workload().uploaders().count();
        for (int many : new int[] {(nodes + 1) / 2, 2 * nodes}) all.add(of("nodes", Integer.toString(many), scenario));
        for (int many : new int[] {(uploaders + 1) / 2, 2 * uploaders}) {
            if (many != uploaders) all.add(of("uploaders", Integer.toString(many), scenario));
        }
        for (RegistryDesign design : List.of(RegistryDesign.LOCK_ACROSS_REGISTRATION, RegistryDesign.SCOPED_LOCKS)) {
            if (!design.label().equals(scenario.transport().registry()))
                all.add(of("design", design.label(), scenario));
        }
        return all;
    }

    /** All combinations of one variation of each axis. */
    public static List<Variation> crossed(List<List<Variation>> axes) {
        List<Variation> all = List.of(NONE);
        for (List<Variation> axis : axes) {
            List<Variation> longer = new ArrayList<>();
            for (Variation before : all) for (Variation one : axis) longer.add(before.and(one));
            all = longer;
        }
        return all;
    }

    private Variation and(Variation other) {
        List<ValueOverride> both = new ArrayList<>(overrides);
        both.addAll(other.overrides);
        List<String> point = new ArrayList<>(values);
        point.addAll(other.values);
        return new Variation(
                label.isEmpty() ? other.label : label + ", " + other.label, List.copyOf(both), List.copyOf(point));
    }

    /** The end of a name for it: {@code -nodes=500-design=scoped-locks}; empty if there is no change. */
    public String suffix() {
        return label.isEmpty() ? "" : "-" + label.replaceAll("[^A-Za-z0-9._=-]+", "-");
    }

    private static Variation of(String path, String value, Scenario scenario) {
        Map<String, String> sets = new LinkedHashMap<>();
        sets.put(setting(path), value);
        if (path.equals("nodes") && value.matches("[0-9]{1,7}")) {
            // as many nodes per host as before, so that hosts and shards have the same load
            double factor =
                    Double.parseDouble(value) / Math.max(1, scenario.nodes().count());
            for (int i = 0; i < scenario.hosts().size(); i++) {
                HostGroup group = scenario.hosts().get(i);
                sets.put("hosts[" + i + "].count", Long.toString((long)
                        Math.max(1, Math.ceil(group.count() * factor))));
            }
            int fewest = Math.min(scenario.nodes().bootstraps(), Integer.parseInt(value));
            if (fewest != scenario.nodes().bootstraps()) sets.put("nodes.bootstraps", Integer.toString(fewest));
        }
        List<ValueOverride> overrides = new ArrayList<>();
        sets.forEach((key, set) -> overrides.add(new ValueOverride("--vary", key, set)));
        return new Variation(path + "=" + value, List.copyOf(overrides), List.of(value));
    }
}
