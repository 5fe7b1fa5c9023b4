package dev.kilonode.node.link.provider;

import dev.kilonode.node.link.base.LinkException;

/**
 * A protocol that carries frames in wall time: the name that scenarios use, what the protocol needs from the machine, and the links
 * themselves. Providers are found by {@link java.util.ServiceLoader}, the built-in ones too; see {@code docs/plugins.md}. A provider
 * needs a public constructor without parameters and serves all runs of the process.
 */
public interface LinkProvider {

    /** The name that scenarios write as {@code wall.link}: letters, digits, dots, dashes and underscores. */
    String label();

    /** Which sockets the endpoints listen at. Ports are checked before the run, and rogue peers send to these sockets. */
    SocketKind sockets();

    /**
     * Whether the endpoints encrypt what they send. A link that does not is refused where hosts have addresses of other machines. The
     * default is false.
     */
    default boolean encrypted() {
        return false;
    }

    /** Whether endpoints of different processes can dial each other; by default, if there are sockets. */
    default boolean crossesProcesses() {
        return sockets() != SocketKind.NONE;
    }

    /** What a connection and a message cost, for the estimates of {@code kilonode plan}. */
    default LinkCost cost() {
        return LinkCost.UNKNOWN;
    }

    /** @throws LinkException if this machine cannot run the protocol at all, for example without a native library */
    default void checkAvailable() {}

    /**
     * Called once for each run, before its endpoints are opened.
     *
     * @throws LinkException if this machine cannot run the protocol
     */
    Link newLink();
}
