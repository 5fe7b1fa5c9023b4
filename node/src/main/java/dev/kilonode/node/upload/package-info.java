/** The client: cuts a file into chunks, finds who should hold them, pays, stores, retries. May use: config, runtime, identity, wire, observe, transport, dht. */
@NullMarked
package dev.kilonode.node.upload;

import org.jspecify.annotations.NullMarked;
