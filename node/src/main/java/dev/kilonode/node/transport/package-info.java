/**
 * Messages between identified peers: dispatcher, shards, identity exchange, requests, connection lifecycle. It does not depend on the
 * protocols above.
 */
@NullMarked
package dev.kilonode.node.transport;

import org.jspecify.annotations.NullMarked;
