/** Messages, their codec and their sizes. Never: sockets, clocks. */
@NullMarked
package dev.kilonode.node.wire;

import org.jspecify.annotations.NullMarked;
