package dev.kilonode.node.wire;

/** Sizes in bytes of parts of messages; source: the published wire format of the network studied. */
public final class WireSizes {

    /** One peer in a lookup reply: id, up to eight socket addresses, hints; 100 to 700 B in the field. */
    public static final int PEER_IN_REPLY_BYTES = 300;

    /** A quote carries its signer's ML-DSA-65 key and signature. */
    public static final int QUOTE_BYTES = 5_400;

    /** Payment proof of one chunk: seven quotes. */
    public static final int PROOF_BYTES = 7 * QUOTE_BYTES;

    /** Request/response envelope: UUID as text, flag, lengths; contains the request id. */
    public static final int RR_ENVELOPE_BYTES = 48;

    /** The sender's own record in a lookup request; with message id and target the request has about 150 B. */
    public static final int SENDER_RECORD_BYTES = 110;

    /** Data type and address envelope of a quote request, which with them has 0.1 kB. */
    public static final int QUOTE_REQUEST_EXTRA_BYTES = 56;

    private WireSizes() {}
}
