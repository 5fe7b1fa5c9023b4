/**
 * The client: cuts a file into chunks, finds who should hold them, pays, stores, retries. May use: config, runtime, identity,
 * wire, transport, dht, and store's check of a chunk's address.
 */
@NullMarked
package dev.kilonode.node.upload;

import org.jspecify.annotations.NullMarked;
