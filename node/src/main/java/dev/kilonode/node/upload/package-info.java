/**
 * The upload client: splits a file into chunks, looks up nodes, pays, stores, retries. May use: config, runtime, identity, wire, observe,
 * transport, dht, and store's check of a chunk's address.
 */
@NullMarked
package dev.kilonode.node.upload;

import org.jspecify.annotations.NullMarked;
