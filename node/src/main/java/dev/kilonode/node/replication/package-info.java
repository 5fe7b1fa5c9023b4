/** Keeping chunks on the nodes closest to them. May use: config, runtime, identity, wire, observe, metrics, transport, dht, store. */
@NullMarked
package dev.kilonode.node.replication;

import org.jspecify.annotations.NullMarked;
