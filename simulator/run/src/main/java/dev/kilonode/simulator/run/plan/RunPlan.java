package dev.kilonode.simulator.run.plan;

import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.scenario.Fault;
import dev.kilonode.simulator.scenario.Nodes;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.Uploaders;
import dev.kilonode.simulator.settings.HostGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The nodes, uploaders and faults of a run, with their times. The plan follows from the scenario and the seed, so that each process of a
 * run computes the same plan and executes the part for its own hosts.
 *
 * <p>Values that depend on events are not planned: the start times of later uploads, the numbers of uploads, which follow the order of
 * their starts and name their clients, and the messages of malicious peers.
 *
 * @param hosts by number: those of nodes, then those of uploaders
 * @param nodeHosts the number of hosts for nodes
 * @param nodes by number, the bootstraps first
 * @param faults in the order of the scenario
 */
public record RunPlan(
        List<PlannedHost> hosts,
        int nodeHosts,
        List<PlannedNode> nodes,
        List<PlannedUploader> uploaders,
        ChurnPlan churn,
        List<PlannedFault> faults) {

    public RunPlan {
        hosts = List.copyOf(hosts);
        nodes = List.copyOf(nodes);
        uploaders = List.copyOf(uploaders);
        faults = List.copyOf(faults);
    }

    public static RunPlan of(Scenario scenario, Seeds seeds) {
        List<PlannedHost> hosts = new ArrayList<>();
        for (HostGroup group : scenario.hosts()) {
            for (int i = 0; i < group.count(); i++) hosts.add(new PlannedHost(hosts.size(), group));
        }
        int nodeHosts = hosts.size();
        List<PlannedUploader> uploaders = uploaders(scenario.workload().uploaders(), seeds, hosts);
        Nodes nodes = scenario.nodes();
        ChurnPlan churn = new ChurnPlan(
                nodes.count(),
                nodes.bootstraps(),
                scenario.workload().churn(),
                nodes.joinOver().toNanos(),
                scenario.duration().toNanos(),
                seeds);
        List<PlannedFault> faults = faults(scenario.faults(), hosts.subList(0, nodeHosts), hosts.size(), seeds);
        return new RunPlan(hosts, nodeHosts, nodes(nodes, nodeHosts), uploaders, churn, faults);
    }

    /** The hosts of malicious peers, in ascending order of their numbers, which follow those of {@link #hosts}. */
    public List<PlannedHost> attackHosts() {
        return faults.stream()
                .map(PlannedFault::attackHost)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(PlannedHost::number))
                .toList();
    }

    /** Whether a fault changes the cores, the links, the paths or the connection of a host. */
    public boolean changesHosts() {
        return faults.stream().anyMatch(planned -> planned.fault().kind().changesHosts());
    }

    /** The bootstraps start at once, the others at equal intervals over the join time of the scenario. */
    private static List<PlannedNode> nodes(Nodes nodes, int hosts) {
        long gapNanos = nodes.joinOver().toNanos() / Math.max(1, nodes.count() - nodes.bootstraps());
        List<PlannedNode> planned = new ArrayList<>(nodes.count());
        for (int number = 0; number < nodes.count(); number++) {
            int place = number - nodes.bootstraps();
            planned.add(new PlannedNode(
                    number,
                    number % hosts,
                    PlannedNode.FIRST_PORT + number / hosts,
                    place < 0 ? 0 : gapNanos * (place + 1)));
        }
        return planned;
    }

    /** Adds a host for each uploader. */
    private static List<PlannedUploader> uploaders(Uploaders uploaders, Seeds seeds, List<PlannedHost> hosts) {
        List<PlannedUploader> planned = new ArrayList<>();
        if (uploaders.count() == 0) return planned;
        HostGroup group = new HostGroup(
                "uploaders",
                uploaders.count(),
                uploaders.region(),
                uploaders.cores(),
                uploaders.up(),
                uploaders.down());
        for (int number = 0; number < uploaders.count(); number++) {
            double spread = streamOf(seeds, number).nextDouble();
            long spreadNanos = (long) (spread * uploaders.startSpread().toNanos());
            planned.add(new PlannedUploader(
                    number, hosts.size(), uploaders.startAfter().toNanos() + spreadNanos));
            hosts.add(new PlannedHost(hosts.size(), group));
        }
        return planned;
    }

    /** The random stream of an uploader. The plan draws its first number. */
    private static RandomStream streamOf(Seeds seeds, int uploader) {
        return seeds.stream("uploader/" + uploader);
    }

    /** The random stream of an uploader after the plan has drawn its first number. */
    public static RandomStream restOfStream(Seeds seeds, int uploader) {
        RandomStream stream = streamOf(seeds, uploader);
        double ignored = stream.nextDouble();
        return stream;
    }

    /** Hosts of attackers get the next numbers, in the order in which the attacks begin. */
    private static List<PlannedFault> faults(List<Fault> faults, List<PlannedHost> hosts, int nextHost, Seeds seeds) {
        RandomStream random = seeds.stream("faults");
        List<List<PlannedHost>> hit =
                faults.stream().map(fault -> drawn(fault, hosts, random)).toList();
        List<Integer> attacks = IntStream.range(0, faults.size())
                .filter(i ->
                        faults.get(i) instanceof Fault.Attack && !hit.get(i).isEmpty())
                .boxed()
                .sorted(Comparator.comparing(i -> faults.get(i).at()))
                .toList();
        List<PlannedFault> planned = new ArrayList<>();
        for (int i = 0; i < faults.size(); i++) {
            int attack = attacks.indexOf(i);
            planned.add(new PlannedFault(
                    faults.get(i),
                    hit.get(i).stream().map(PlannedHost::number).toList(),
                    attack < 0
                            ? null
                            : new PlannedHost(
                                    nextHost + attack,
                                    attackers(faults.get(i), hit.get(i).get(0).group()))));
        }
        return planned;
    }

    private static HostGroup attackers(Fault fault, HostGroup like) {
        return new HostGroup("rogues of " + fault.name(), 1, like.region(), like.cores(), like.up(), like.down());
    }

    /** Draws at least one host, if the region has any. */
    private static List<PlannedHost> drawn(Fault fault, List<PlannedHost> hosts, RandomStream random) {
        String region = fault.occurrence().region();
        List<PlannedHost> left = new ArrayList<>(hosts.stream()
                .filter(host ->
                        region.equals("any") || region.equals(host.group().region()))
                .toList());
        int wanted = left.isEmpty()
                ? 0
                : (int) Math.max(
                        1, Math.round(left.size() * fault.occurrence().share().value()));
        List<PlannedHost> hit = new ArrayList<>();
        while (hit.size() < wanted) hit.add(left.remove(random.nextInt(left.size())));
        return hit;
    }
}
