/**
 * Dispatch designs: pure functions that assign the messages of a source to one of a node's shards. Never: the transport, which calls
 * them; load or any other state.
 */
@NullMarked
package dev.kilonode.node.dispatch;

import org.jspecify.annotations.NullMarked;
