package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.real.RealEndpoint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Adds up what the endpoints of a run count, also of those that are gone. Any thread. */
final class LinkTotals {

    private final Set<RealEndpoint> open = new LinkedHashSet<>();

    /** Gone since the last reading: their sockets' threads may still be counting. */
    private List<RealEndpoint> leaving = new ArrayList<>();

    private List<RealEndpoint> left = new ArrayList<>();
    private LinkReading gone = LinkReading.NOTHING;

    synchronized void opened(RealEndpoint endpoint) {
        open.add(endpoint);
    }

    synchronized void closed(RealEndpoint endpoint) {
        if (open.remove(endpoint)) leaving.add(endpoint);
    }

    synchronized LinkReading read() {
        for (RealEndpoint endpoint : left) gone = gone.plus(LinkReading.of(endpoint));
        left = leaving;
        leaving = new ArrayList<>();
        LinkReading sum = gone;
        for (RealEndpoint endpoint : left) sum = sum.plus(LinkReading.of(endpoint));
        for (RealEndpoint endpoint : open) sum = sum.plus(LinkReading.of(endpoint));
        return sum;
    }
}
