/** Kademlia: routing table, iterative lookup, maintenance. */
@NullMarked
package dev.kilonode.node.dht;

import org.jspecify.annotations.NullMarked;
