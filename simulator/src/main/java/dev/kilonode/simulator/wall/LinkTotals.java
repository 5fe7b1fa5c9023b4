package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.base.AbstractEndpoint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Adds up what the endpoints of a run count, also of those that are gone. Any thread. */
final class LinkTotals {

    private final Set<AbstractEndpoint> open = new LinkedHashSet<>();

    /** Gone since the last reading: their sockets' threads may still be counting. */
    private List<AbstractEndpoint> leaving = new ArrayList<>();

    private List<AbstractEndpoint> left = new ArrayList<>();
    private LinkReading gone = LinkReading.NOTHING;

    synchronized void opened(AbstractEndpoint endpoint) {
        open.add(endpoint);
    }

    synchronized void closed(AbstractEndpoint endpoint) {
        if (open.remove(endpoint)) leaving.add(endpoint);
    }

    synchronized LinkReading read() {
        for (AbstractEndpoint endpoint : left) gone = gone.plus(LinkReading.of(endpoint));
        left = leaving;
        leaving = new ArrayList<>();
        LinkReading sum = gone;
        for (AbstractEndpoint endpoint : left) sum = sum.plus(LinkReading.of(endpoint));
        for (AbstractEndpoint endpoint : open) sum = sum.plus(LinkReading.of(endpoint));
        return sum;
    }
}
