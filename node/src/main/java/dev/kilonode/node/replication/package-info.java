/** Keeps chunks on the nodes closest to them. May use: config, runtime, identity, wire, observe, transport, dht, store. */
@NullMarked
package dev.kilonode.node.replication;

import org.jspecify.annotations.NullMarked;
