/**
 * A network in memory for tests of what lies above the transport: virtual clock, fixed latency, peers that fail as told.
 * May use: the node's seams.
 */
@NullMarked
package dev.kilonode.node.testnet;

import org.jspecify.annotations.NullMarked;
