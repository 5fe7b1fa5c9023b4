/**
 * Messages between identified peers: dispatcher, shards, identity exchange, requests, connection lifecycle. Never: the protocols above
 * it.
 */
@NullMarked
package dev.kilonode.node.transport;

import org.jspecify.annotations.NullMarked;
