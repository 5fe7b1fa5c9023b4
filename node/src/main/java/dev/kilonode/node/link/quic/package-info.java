/**
 * The link {@code quic}: QUIC connections over one UDP socket for dialled and accepted connections, with a stream for each frame. It does
 * not depend on the protocols above.
 */
@NullMarked
package dev.kilonode.node.link.quic;

import org.jspecify.annotations.NullMarked;
