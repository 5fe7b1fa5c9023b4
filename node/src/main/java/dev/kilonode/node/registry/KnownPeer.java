package dev.kilonode.node.registry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The peer map's entry: the channels of one peer, oldest first, never empty. */
final class KnownPeer {

    final List<Channel> channels = new ArrayList<>(1);

    /** What it says of itself: whether it is a client; null until it has said something. Used by {@code at-handshake}. */
    @Nullable
    Boolean client;
}
