/** Messages, their codec and their sizes. May use: dev.kilonode.node.identity. Never: sockets, clocks. */
@NullMarked
package dev.kilonode.node.wire;

import org.jspecify.annotations.NullMarked;
