package dev.kilonode.simulator.run.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which part of a run executes which host. The hosts of each group are dealt to the parts in rounds, one to each part, so that the numbers
 * of its hosts differ by one at most. In each round the part with the fewest nodes gets the host with the most. All processes of a run
 * compute the same placement.
 */
public final class Placement {

    private final int[] owners;
    private final int[] nodes;
    private final int[] nodeHosts;

    private Placement(int[] owners, int parts) {
        this.owners = owners;
        nodes = new int[parts];
        nodeHosts = new int[parts];
    }

    /** @throws IllegalArgumentException if there are no parts */
    public static Placement of(RunPlan plan, int parts) {
        if (parts < 1) throw new IllegalArgumentException("got " + parts + " parts, expected 1 or more");
        List<PlannedHost> attackHosts = plan.attackHosts();
        int[] nodesOf = new int[plan.hosts().size() + attackHosts.size()];
        for (PlannedNode node : plan.nodes()) nodesOf[node.host()]++;
        Placement placement = new Placement(new int[nodesOf.length], parts);
        int[] hostsOfPart = new int[parts];
        List<PlannedHost> group = new ArrayList<>();
        for (PlannedHost host : plan.hosts()) {
            if (!group.isEmpty() && !group.get(0).group().equals(host.group())) {
                placement.deal(group, nodesOf, hostsOfPart);
                group.clear();
            }
            group.add(host);
        }
        placement.deal(group, nodesOf, hostsOfPart);
        placement.deal(attackHosts, nodesOf, hostsOfPart);
        for (int host = 0; host < plan.nodeHosts(); host++) placement.nodeHosts[placement.owners[host]]++;
        return placement;
    }

    private void deal(List<PlannedHost> group, int[] nodesOf, int[] hostsOfPart) {
        for (int start = 0; start < group.size(); start += nodes.length) {
            List<Integer> round = group.subList(start, Math.min(start + nodes.length, group.size())).stream()
                    .map(PlannedHost::number)
                    .sorted(Comparator.comparing(host -> -nodesOf[host]))
                    .toList();
            List<Integer> parts = IntStream.range(0, nodes.length)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingInt(part -> nodes[part])
                            .thenComparingInt(part -> hostsOfPart[part]))
                    .toList();
            for (int i = 0; i < round.size(); i++) {
                int part = parts.get(i);
                int host = round.get(i);
                owners[host] = part;
                nodes[part] += nodesOf[host];
                hostsOfPart[part]++;
            }
        }
    }

    /** The number of parts. */
    public int parts() {
        return nodes.length;
    }

    /** The number of hosts, with those of uploaders and attackers. */
    public int hosts() {
        return owners.length;
    }

    /** The part that executes the host with this number. */
    public int ownerOf(int host) {
        return owners[host];
    }

    /** The number of nodes of a part. */
    public int nodes(int part) {
        return nodes[part];
    }

    /** The number of hosts of a part that have nodes. */
    public int nodeHosts(int part) {
        return nodeHosts[part];
    }

    /** Whether each part has a host for nodes. If not, there are more parts than such hosts. */
    public boolean reachesAllParts() {
        return IntStream.of(nodeHosts).allMatch(count -> count > 0);
    }

    /** What the process of part {@code number} executes. */
    public Part part(int number) {
        return new Part(number, parts(), this::ownerOf);
    }
}
