package dev.kilonode.simulator.scenario;

import dev.kilonode.simulator.settings.HostGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Validates that hosts, regions and latencies fit together. */
final class WorldRules {
    /** Most regions whose pairs a message suggests. */
    private static final int MOST_NAMED = 20;

    private final Rules rules;

    WorldRules(Rules rules) {
        this.rules = rules;
    }

    void check(Scenario scenario) {
        Set<String> regions = new TreeSet<>();
        List<String> names = new ArrayList<>();
        for (HostGroup group : scenario.hosts()) {
            regions.add(group.region());
            names.add(group.name());
        }
        for (int i : ScenarioValidator.repeated(names)) {
            rules.add("hosts[" + i + "].name", "got \"" + names.get(i) + "\" a second time; write a name of its own");
        }
        uploaders(scenario, regions);
        latencies(scenario, regions);
        faultRegions(scenario, regions);
    }

    private void uploaders(Scenario scenario, Set<String> regions) {
        String region = scenario.workload().uploaders().region();
        if (scenario.workload().uploaders().count() == 0) return;
        rules.must(
                regions.contains(region)
                        || scenario.network().latency().keySet().stream().anyMatch(pair -> names(pair, region)),
                "workload.uploaders.region",
                "got \"" + region + "\", a region without hosts and without a latency"
                        + Suggestions.hint(region, regions, "regions of hosts"));
        regions.add(region);
    }

    private static boolean names(String pair, String region) {
        return pair.startsWith(region + "-") || pair.endsWith("-" + region);
    }

    private void latencies(Scenario scenario, Set<String> regions) {
        Set<String> keys = scenario.network().latency().keySet();
        for (String key : keys) {
            if (key.equals("default")) continue;
            String path = "network.latency." + key;
            String other = swapped(key, regions);
            if (other == null) {
                rules.add(path, () -> "got a pair of unknown regions" + Suggestions.hint(key, pairs(regions), "pairs"));
            } else {
                rules.must(
                        key.compareTo(other) >= 0 || !keys.contains(other),
                        path,
                        "got this pair in both orders; write it once");
            }
        }
    }

    /** The pair in the opposite order; null if it is not a pair. Names may contain dashes. */
    private static @Nullable String swapped(String pair, Set<String> regions) {
        for (int dash = pair.indexOf('-'); dash >= 0; dash = pair.indexOf('-', dash + 1)) {
            String one = pair.substring(0, dash);
            String other = pair.substring(dash + 1);
            if (regions.contains(one) && regions.contains(other)) return other + "-" + one;
        }
        return null;
    }

    private static Set<String> pairs(Set<String> regions) {
        Set<String> pairs = new TreeSet<>();
        pairs.add("default");
        for (String one : regions.stream().limit(MOST_NAMED).toList()) {
            for (String other : regions.stream().limit(MOST_NAMED).toList()) pairs.add(one + "-" + other);
        }
        return pairs;
    }

    private void faultRegions(Scenario scenario, Set<String> regions) {
        for (int i = 0; i < scenario.faults().size(); i++) {
            String region = scenario.faults().get(i).occurrence().region();
            if (!region.equals("any")) rules.oneOf(region, regions, "faults[" + i + "].region");
        }
    }
}
