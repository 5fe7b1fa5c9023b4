/**
 * Who is connected where: the peer registry and its locking designs, side by side: the subject of the study. May use:
 * runtime, identity, wire, link, observe, lock. Never: the transport, which uses it.
 */
@NullMarked
package dev.kilonode.node.registry;

import org.jspecify.annotations.NullMarked;
