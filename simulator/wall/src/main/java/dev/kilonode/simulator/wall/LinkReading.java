package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.netty.QuicCount;
import dev.kilonode.node.link.netty.QuicEndpoint;
import dev.kilonode.node.link.real.LinkAccount;
import dev.kilonode.node.link.real.RealEndpoint;

/**
 * What endpoints have refused, and which frames they have lost, since the run began.
 *
 * @param garbageDatagrams datagrams that cannot be QUIC's
 * @param handshakesFailed connections that others began and that came to nothing: no greeting, no identity, too slow
 * @param handshakesRefused those refused because too many were under way
 * @param breaches connections, up or not yet, ended because the other end broke the protocol
 * @param cutShort frames that their sender gave up half way
 * @param queueFull frames not sent because too much waited for that connection already
 * @param neverLeft frames that had not left when their time was over, or their connection
 * @param unacknowledged frames that left and were not acknowledged in time
 */
record LinkReading(
        long garbageDatagrams,
        long handshakesFailed,
        long handshakesRefused,
        long breaches,
        long cutShort,
        long queueFull,
        long neverLeft,
        long unacknowledged) {

    static final LinkReading NOTHING = new LinkReading(0, 0, 0, 0, 0, 0, 0, 0);

    static LinkReading of(RealEndpoint endpoint) {
        LinkAccount account = endpoint.account();
        QuicCount quic = endpoint instanceof QuicEndpoint socket ? socket.count() : null;
        return new LinkReading(
                quic == null ? 0 : quic.garbageDatagrams(),
                account.handshakesFailed() + (quic == null ? 0 : quic.handshakesFailed()),
                quic == null ? 0 : quic.handshakesRefused(),
                quic == null ? account.protocolErrors() : quic.protocolErrors(), // which has the others' too
                quic == null ? 0 : quic.framesCutShort(),
                account.refused(),
                account.dropped() - account.refused(),
                account.unacknowledged());
    }

    LinkReading plus(LinkReading other) {
        return new LinkReading(
                garbageDatagrams + other.garbageDatagrams,
                handshakesFailed + other.handshakesFailed,
                handshakesRefused + other.handshakesRefused,
                breaches + other.breaches,
                cutShort + other.cutShort,
                queueFull + other.queueFull,
                neverLeft + other.neverLeft,
                unacknowledged + other.unacknowledged);
    }
}
