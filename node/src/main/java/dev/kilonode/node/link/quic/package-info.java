/**
 * The link {@code quic}: a QUIC connection over a UDP socket shared by dialled and accepted connections, a stream for each frame. Never:
 * the protocols above.
 */
@NullMarked
package dev.kilonode.node.link.quic;

import org.jspecify.annotations.NullMarked;
