package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.LinkStatistics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sums the statistics of all endpoints of a run, open and closed. Any thread. */
final class LinkTotals {

    private final Set<AbstractEndpoint> open = new LinkedHashSet<>();

    /** Endpoints closed since the last reading, whose event loops may still be counting. */
    private List<AbstractEndpoint> closing = new ArrayList<>();

    private List<AbstractEndpoint> closedEarlier = new ArrayList<>();
    private LinkStatistics settled = LinkStatistics.ZERO;
    private LinkFrames settledFrames = LinkFrames.ZERO;

    synchronized void opened(AbstractEndpoint endpoint) {
        open.add(endpoint);
    }

    synchronized void closed(AbstractEndpoint endpoint) {
        if (open.remove(endpoint)) closing.add(endpoint);
    }

    synchronized LinkStatistics read() {
        for (AbstractEndpoint endpoint : closedEarlier) {
            settled = settled.plus(endpoint.statistics());
            settledFrames = settledFrames.plus(endpoint.counters());
        }
        closedEarlier = closing;
        closing = new ArrayList<>();
        LinkStatistics sum = settled;
        for (AbstractEndpoint endpoint : closedEarlier) sum = sum.plus(endpoint.statistics());
        for (AbstractEndpoint endpoint : open) sum = sum.plus(endpoint.statistics());
        return sum;
    }

    /** The frames of all endpoints. */
    synchronized LinkFrames frames() {
        LinkFrames sum = settledFrames;
        for (AbstractEndpoint endpoint : closedEarlier) sum = sum.plus(endpoint.counters());
        for (AbstractEndpoint endpoint : closing) sum = sum.plus(endpoint.counters());
        for (AbstractEndpoint endpoint : open) sum = sum.plus(endpoint.counters());
        return sum;
    }
}
