package dev.kilonode.node.dht;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.transport.IdentityConfig;
import dev.kilonode.node.transport.MessageHandler;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.wire.DhtMessage.FindNode;
import dev.kilonode.node.wire.DhtMessage.FindNodeReply;
import dev.kilonode.node.wire.DhtMessage.Notify;
import dev.kilonode.node.wire.DhtMessage.Ping;
import dev.kilonode.node.wire.DhtMessage.Pong;
import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.node.wire.Topic;
import java.util.List;
import java.util.function.Consumer;

/**
 * Kademlia on one node: answers requests, looks up the peers closest to an id, and maintains the routing table.
 *
 * <p>Traffic: replies (one per request), lookups (closed loop, alpha requests each), pings (closed loop, at most K), notifications (open
 * loop, see {@link DhtConfig.Notifications}). Runs on the node's thread.
 */
public final class Dht implements MessageHandler {

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final DhtConfig config;
    private final boolean client;
    private final KnownPeers knownPeers;
    private final RoutingTable table;
    private final Lookups lookups;
    private final Bootstrap bootstrap;
    private final BucketRefresh refresh;
    private final Notifier notifier;
    private final HintRepublisher hints;
    private final NeighbourCheck neighbourCheck;

    /** @param client whether this node only uses the network: it keeps a routing table, and no peer adds it to theirs */
    public Dht(
            NodeRuntime runtime,
            Messenger messenger,
            DhtConfig config,
            IdentityConfig identity,
            NodeObserver observer,
            boolean client) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.config = config;
        this.client = client;
        knownPeers = new KnownPeers(runtime, messenger, config, identity, observer);
        table = knownPeers.table();
        lookups = new Lookups(runtime, messenger, config, knownPeers, observer);
        bootstrap = new Bootstrap(runtime, messenger, config, lookups, knownPeers, client);
        refresh = new BucketRefresh(runtime, config, messenger.self().id(), lookups, knownPeers, observer);
        notifier = new Notifier(runtime, messenger, config.notifications(), table);
        hints = new HintRepublisher(runtime, messenger, config.hints(), table);
        neighbourCheck = new NeighbourCheck(runtime, messenger, config, knownPeers);
        messenger.addPeerListener(knownPeers);
        messenger.subscribe(Topic.DHT, this);
    }

    /**
     * Joins the network and then, unless this is a client, starts maintenance. Retries without end while no bootstrap answers. To be
     * called once.
     *
     * @param joined called once, when the routing table has been filled
     */
    public void start(List<PeerRecord> bootstraps, Runnable joined) {
        bootstrap.start(bootstraps, () -> {
            if (!client) maintain();
            joined.run();
        });
    }

    /** Ends all activity. Lookups under way are abandoned: their callbacks are not called. */
    public void stop() {
        lookups.stop();
        notifier.stop();
        hints.stop();
    }

    /**
     * Looks up the {@code count} peers closest to {@code target}; this node is never one of them.
     *
     * @param then called once, never from within this call; not called if the node is stopped
     */
    public void lookup(PeerId target, int count, Consumer<LookupResult> then) {
        lookups.start(target, count, then);
    }

    /** The peers closest to {@code target} that this node knows, nearest first. The list must not be changed. */
    public List<PeerRecord> closest(PeerId target, int n) {
        return table.closest(target, n);
    }

    /** @param then called after each change in the set or order of the {@code n} peers closest to this node */
    public void whenClosestChange(int n, Runnable then) {
        table.watchClosest(n, then);
    }

    @Override
    public void handle(PeerId from, Message message, Runnable done) {
        table.touch(from, runtime.nowNanos());
        if (message instanceof FindNode find) {
            List<PeerRecord> closest = table.closest(find.target(), config.k(), from);
            messenger.send(from, new FindNodeReply(find.requestId(), closest), null);
        } else if (message instanceof Notify notify) {
            PeerId subject = notify.subject().id();
            if (!subject.equals(from)) table.touch(subject, runtime.nowNanos());
        } else if (message instanceof Ping ping) {
            messenger.send(from, new Pong(ping.requestId()), null);
        }
        done.run();
    }

    /** Whether the node has joined and is not rejoining. */
    public boolean joined() {
        return bootstrap.joined();
    }

    /** Number of peers in the routing table. */
    public int tableSize() {
        return table.size();
    }

    /** Number of lookups that have not ended. */
    public long lookupsUnderWay() {
        return lookups.underWay();
    }

    public long lookupsStarted() {
        return lookups.started();
    }

    /** Number of connected peers, clients included. */
    public int connectedPeers() {
        return knownPeers.connectedPeers();
    }

    /** Number of bucket refreshes that have ended. */
    public long bucketsRefreshed() {
        return refresh.refreshed();
    }

    /** Number of refresh passes that have ended. */
    public long refreshPasses() {
        return refresh.passes();
    }

    /** Number of open-loop notifications sent. */
    public long notificationsSent() {
        return notifier.sent();
    }

    /** Number of coordinator hints sent to neighbours. */
    public long hintsSent() {
        return hints.sent();
    }

    private void maintain() {
        for (int i = 0; i < config.selfLookupLoops(); i++) {
            new SelfLookups(runtime, config, messenger.self(), lookups, knownPeers, this::checkNeighbours).start();
        }
        refresh.start();
        notifier.start();
        hints.start();
    }

    private void checkNeighbours() {
        neighbourCheck.run();
        bootstrap.rejoinWhenIsolated();
    }
}
