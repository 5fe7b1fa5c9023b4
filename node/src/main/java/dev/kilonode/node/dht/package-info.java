/** Kademlia: routing table, iterative lookup, maintenance. May use: config, runtime, identity, wire, observe, metrics, transport. */
@NullMarked
package dev.kilonode.node.dht;

import org.jspecify.annotations.NullMarked;
