/**
 * The peer registry, which maps peers to connections, and its locking designs: the subject of the study. Never: the transport, which
 * uses it.
 */
@NullMarked
package dev.kilonode.node.registry;

import org.jspecify.annotations.NullMarked;
