package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.transport.CryptographicSigner;
import dev.kilonode.node.transport.MessageSigner;
import dev.kilonode.node.transport.SimulatedSigner;
import dev.kilonode.node.wire.EnvelopeCodec;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.world.NodeSpec;

/** Creates the identities of nodes and clients: a random id with simulated signatures, or a real key pair. */
final class Identities {

    private final boolean real;
    private final SignatureScheme scheme;
    private final EnvelopeCodec codec;
    private final Seeds seeds;

    /** @param real whether messages are encoded, signed and verified */
    Identities(boolean real, String algorithm, int maxFrameBytes, Seeds seeds) {
        this.real = real;
        this.scheme = SignatureScheme.named(algorithm);
        this.codec = new EnvelopeCodec(scheme, maxFrameBytes);
        this.seeds = seeds;
    }

    /** The specification of a node whose messages {@code signer} signs. */
    static NodeSpec spec(String name, MessageSigner signer, boolean client) {
        NodeIdentity keys = signer instanceof CryptographicSigner signing ? signing.identity() : null;
        return new NodeSpec(name, signer.self(), keys, client);
    }

    /** Whether messages are encoded, so that chunks need real content. */
    boolean real() {
        return real;
    }

    /** The identity called {@code name}. The same name and seed give the same identity. */
    MessageSigner named(String name) {
        RandomStream stream = seeds.stream("identity/" + name);
        if (!real) return new SimulatedSigner(PeerId.random(stream), codec);
        byte[] seed = new byte[SignatureScheme.SEED_BYTES];
        stream.nextBytes(seed);
        return new CryptographicSigner(NodeIdentity.fromSeed(scheme, seed), codec);
    }
}
