package dev.kilonode.simulator.scenario;

import dev.kilonode.simulator.world.HostGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Hosts, regions and latencies that fit together. */
final class WorldRules {
    private final Rules rules;

    WorldRules(Rules rules) {
        this.rules = rules;
    }

    void check(Scenario scenario) {
        rules.must(!scenario.hosts().isEmpty(), "hosts", "got no host, expected at least one group");
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
        rules.positive(scenario.network().dialTimeout(), "network.dial-timeout");
        rules.positive(scenario.network().idleTimeout(), "network.idle-timeout");
    }

    private void uploaders(Scenario scenario, Set<String> regions) {
        String region = scenario.workload().uploaders().region();
        if (scenario.workload().uploaders().count() == 0) return;
        rules.must(
                regions.contains(region)
                        || scenario.network().latency().keySet().stream().anyMatch(pair -> names(pair, region)),
                "workload.uploaders.region",
                "got \"" + region + "\", a region without hosts and without a latency"
                        + NearMiss.hint(region, regions, "regions of hosts"));
        regions.add(region);
    }

    private static boolean names(String pair, String region) {
        return pair.startsWith(region + "-") || pair.endsWith("-" + region);
    }

    private void latencies(Scenario scenario, Set<String> regions) {
        Set<String> known = new TreeSet<>();
        known.add("default");
        for (String one : regions) for (String other : regions) known.add(one + "-" + other);
        Set<String> keys = new TreeSet<>(scenario.network().latency().keySet());
        for (String key : keys) {
            String path = "network.latency." + key;
            if (!known.contains(key)) {
                rules.add(path, "got a pair of unknown regions" + NearMiss.hint(key, known, "pairs"));
                continue;
            }
            for (String one : regions) {
                for (String other : regions) {
                    boolean twice = one.compareTo(other) < 0
                            && key.equals(one + "-" + other)
                            && keys.contains(other + "-" + one);
                    rules.must(!twice, path, "got this pair in both orders; write it once");
                }
            }
        }
    }

    private void faultRegions(Scenario scenario, Set<String> regions) {
        for (int i = 0; i < scenario.faults().size(); i++) {
            String region = scenario.faults().get(i).region();
            if (!region.equals("any")) rules.oneOf(region, regions, "faults[" + i + "].region");
        }
    }
}
