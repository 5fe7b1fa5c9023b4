/**
 * Which of a node's shards takes the messages of which source: the dispatch designs. Pure functions, each of a line or two. May
 * use: wire. Never: the transport, which asks them; load or any other state.
 */
@NullMarked
package dev.kilonode.node.dispatch;

import org.jspecify.annotations.NullMarked;
