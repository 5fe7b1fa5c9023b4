/**
 * Test doubles and fixtures for the node's tests, all on one {@link dev.kilonode.node.testkit.VirtualClock}. Tests of the transport use
 * {@link dev.kilonode.node.testkit.TestTransport}: a real transport on endpoints in memory. Tests of the DHT, the store, replication and
 * uploads use {@link dev.kilonode.node.testkit.TestNode}: these layers on a {@link dev.kilonode.node.testkit.TestMessenger} in place of a
 * transport, in a {@link dev.kilonode.node.testkit.TestNetwork} of peers that fail as told.
 */
@NullMarked
package dev.kilonode.node.testkit;

import org.jspecify.annotations.NullMarked;
