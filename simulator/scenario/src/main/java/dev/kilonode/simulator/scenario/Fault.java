package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.config.Setting;
import dev.kilonode.simulator.settings.Capability;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A disturbance injected on purpose: one record for each kind, of the parts that this kind has. In a scenario file the keys of all parts
 * stand side by side, and {@code kind} says which record they make, see {@link FaultShape}.
 */
public sealed interface Fault {

    Occurrence occurrence();

    default Kind kind() {
        return Kind.of(getClass());
    }

    default String name() {
        return occurrence().name();
    }

    default Duration at() {
        return occurrence().at();
    }

    default Duration end() {
        return at().plus(occurrence().lasting());
    }

    /** Takes the hosts' nodes down at once, and starts them again at the end. */
    record Kill(Occurrence occurrence) implements Fault {}

    /** Cuts hosts off from all others. */
    record Isolate(Occurrence occurrence) implements Fault {}

    /** Delays messages from and to the hosts. */
    record Latency(Occurrence occurrence, Strength strength) implements Scaled {}

    /** Loses more of the packets from and to the hosts. */
    record Loss(Occurrence occurrence, Strength strength) implements Scaled {}

    /** Narrows the hosts' links. */
    record Throttle(Occurrence occurrence, Strength strength) implements Scaled {}

    /** Slows the hosts' processors. */
    record SlowCpu(Occurrence occurrence, Strength strength) implements Scaled {}

    /** Refuses dials to the hosts. */
    record Refuse(Occurrence occurrence) implements Fault {}

    /** Lets the consumers of the hosts' nodes stand still. */
    record Pause(Occurrence occurrence) implements Fault {}

    /** Sends random bytes as frames over connections in order, and straight to the sockets where there are some. */
    record Garbage(Occurrence occurrence, Attackers attackers) implements Attack {}

    /** Begins connections and never completes their handshakes. */
    record HalfOpen(Occurrence occurrence, Attackers attackers) implements Attack {}

    /** Sends requests and never reads the replies. */
    record Deaf(Occurrence occurrence, Attackers attackers) implements Attack {}

    /** A fault that multiplies or divides something by a factor. */
    sealed interface Scaled extends Fault {
        Strength strength();

        default double factor() {
            return strength().factor();
        }
    }

    /** A fault that malicious peers on a host of their own cause, rather than something that happens to the hosts. */
    sealed interface Attack extends Fault {
        Attackers attackers();
    }

    /** All kinds, each with its record and with what it needs of the world. The name of the constant is the value of the key. */
    enum Kind {
        KILL(Kill.class),
        ISOLATE(Isolate.class, Capability.ISOLATE_HOSTS),
        LATENCY(Latency.class, Capability.SCALE_LATENCY),
        LOSS(Loss.class, Capability.SCALE_LOSS),
        THROTTLE(Throttle.class, Capability.SCALE_BANDWIDTH),
        SLOW_CPU(SlowCpu.class, Capability.SLOW_PROCESSORS),
        REFUSE(Refuse.class, Capability.REFUSE_DIALS),
        PAUSE(Pause.class, Capability.PAUSE_NODES),
        GARBAGE(Garbage.class),
        HALF_OPEN(HalfOpen.class, Capability.RAW_SOCKETS),
        DEAF(Deaf.class, Capability.STOP_READING);

        private final Class<? extends Fault> type;
        private final Set<Capability> needs;

        Kind(Class<? extends Fault> type, Capability... needs) {
            this.type = type;
            EnumSet<Capability> set = EnumSet.noneOf(Capability.class);
            Collections.addAll(set, needs);
            this.needs = Collections.unmodifiableSet(set);
        }

        static Kind of(Class<? extends Fault> type) {
            return Arrays.stream(values())
                    .filter(kind -> kind.type == type)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(type + " has no kind"));
        }

        Class<? extends Fault> type() {
            return type;
        }

        /** What a world must be able to do for a run to have faults of this kind. */
        public Set<Capability> needs() {
            return needs;
        }

        /** Whether it changes the cores, the links, the paths or the connection of hosts, while work and messages are under way. */
        public boolean changesHosts() {
            return type == Isolate.class || Scaled.class.isAssignableFrom(type);
        }

        boolean isAttack() {
            return Attack.class.isAssignableFrom(type);
        }
    }

    /** The key that says which kind a fault is of. */
    record Choice(
            @Setting("kill, isolate, latency, loss, throttle, slow-cpu or garbage; in wall time also refuse, pause,"
                    + " half-open and deaf")
            Kind kind) {}

    /** When a fault begins and ends, and which hosts it hits. */
    record Occurrence(
            @Setting("name of the fault, as reports show it") @Range(min = "1", max = "100")
            String name,

            @Setting("when it begins, from the start of the run") @Range(min = "0s", max = "1000d")
            Duration at,

            @Setting("how long it lasts") @Range(min = "1ms", max = "1000d")
            Duration lasting,

            @Setting("share of the hosts (of the region) that it hits") @Range(min = "0%", max = "100%")
            Ratio share,

            @Setting("the region it hits; any: all") @Range(min = "1", max = "100")
            String region) {}

    /** How hard a fault hits. */
    record Strength(
            @Setting("how hard: latency, loss: times; throttle, slow-cpu: what is left is divided by it; others: not"
                    + " used")
            @Range(min = "0.001", max = "1000000")
            double factor) {}

    /** How many peers attack, and how often. */
    record Attackers(
            @Setting("rogue peers that do it, beside the network's nodes; for garbage, half-open and deaf")
            @Range(min = "1", max = "100")
            int peers,

            @Setting("what each of them does: random bytes sent, connections begun, requests whose replies it never"
                    + " reads")
            @Range(min = "0/s", max = "10000/s")
            Frequency rate) {

        /** What all of them do in a second. */
        public double perSecond() {
            return rate.perSecond() * peers;
        }
    }
}
