/** Endpoints on real sockets of the loopback interface, and their parts. */
@NullMarked
package dev.kilonode.node.link.netty;

import org.jspecify.annotations.NullMarked;
