/**
 * The chunks a node holds, and what it answers to clients that ask for prices, store and fetch. May use: config, runtime,
 * identity, wire, observe, metrics, transport.
 */
@NullMarked
package dev.kilonode.node.store;

import org.jspecify.annotations.NullMarked;
