/** Messages, their codec and their sizes. It has no sockets or clocks. */
@NullMarked
package dev.kilonode.node.wire;

import org.jspecify.annotations.NullMarked;
