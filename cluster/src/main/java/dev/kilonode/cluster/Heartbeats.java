package dev.kilonode.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.remote.FailureDetectorRegistry;

/**
 * Which processes have gone: those that this process itself does not hear any more. What others hear of them does not count, as runs need
 * the connections between the coordinator and its workers only. Used by one actor, which looks each {@link #LOOK}.
 */
final class Heartbeats {

    static final Duration LOOK = Duration.ofSeconds(1);

    /** Looks in succession that find a process silent before it counts as gone; a process that was paused itself is not so misled. */
    private static final int MOST_SILENT_LOOKS = 7;

    private final FailureDetectorRegistry<Address> detector;
    private final Map<Address, Integer> silentLooks = new HashMap<>();

    Heartbeats(ActorSystem<?> system) {
        detector = Cluster.get(system.classicSystem()).failureDetector();
    }

    /** Looks at a member of the cluster. */
    boolean gone(Address member) {
        if (detector.isAvailable(member)) {
            silentLooks.remove(member);
            return false;
        }
        return silentLooks.merge(member, 1, Integer::sum) >= MOST_SILENT_LOOKS;
    }
}
