package dev.kilonode.node.link.base;

/**
 * What an endpoint has refused and lost since it was opened.
 *
 * @param garbageDatagrams datagrams that do not belong to the link's protocol
 * @param handshakesFailed connections that others began and that were never established: no handshake, no identity, too slow
 * @param handshakesRefused connections refused because too many handshakes were in progress
 * @param protocolErrors connections that ended because the remote endpoint violated the protocol, during the handshake or later
 * @param framesCutShort frames that their sender gave up before the end
 * @param queueFull frames not sent because the connection's send queue was full
 * @param neverLeft frames that had not left when their deadline passed or their connection ended
 * @param unacknowledged frames that left and were not acknowledged in time
 */
public record LinkStatistics(
        long garbageDatagrams,
        long handshakesFailed,
        long handshakesRefused,
        long protocolErrors,
        long framesCutShort,
        long queueFull,
        long neverLeft,
        long unacknowledged) {

    public static final LinkStatistics ZERO = new LinkStatistics(0, 0, 0, 0, 0, 0, 0, 0);

    public LinkStatistics plus(LinkStatistics other) {
        return new LinkStatistics(
                garbageDatagrams + other.garbageDatagrams,
                handshakesFailed + other.handshakesFailed,
                handshakesRefused + other.handshakesRefused,
                protocolErrors + other.protocolErrors,
                framesCutShort + other.framesCutShort,
                queueFull + other.queueFull,
                neverLeft + other.neverLeft,
                unacknowledged + other.unacknowledged);
    }
}
