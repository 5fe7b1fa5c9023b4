package dev.kilonode.simulator.harness;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.transport.ChargedSealer;
import dev.kilonode.node.transport.Sealer;
import dev.kilonode.node.transport.SigningSealer;
import dev.kilonode.node.wire.EnvelopeCodec;
import dev.kilonode.simulator.engine.Seeds;
import dev.kilonode.simulator.engine.Stream;
import dev.kilonode.simulator.world.Occupant;

/** Gives every node and client who it is: a random id whose signatures are charged, or a real key pair. */
final class Identities {

    private final boolean real;
    private final SignatureScheme scheme;
    private final EnvelopeCodec codec;
    private final Seeds seeds;

    /** @param real whether messages are really encoded, signed and verified */
    Identities(boolean real, String algorithm, int maxFrameBytes, Seeds seeds) {
        this.real = real;
        this.scheme = SignatureScheme.named(algorithm);
        this.codec = new EnvelopeCodec(scheme, maxFrameBytes);
        this.seeds = seeds;
    }

    /** Who is to live at a place, by the sealer that signs for it. */
    static Occupant occupant(String name, Sealer sealer, boolean client) {
        NodeIdentity keys = sealer instanceof SigningSealer signing ? signing.identity() : null;
        return new Occupant(name, sealer.self(), keys, client);
    }

    /** Whether messages are really encoded, so that what they carry must be there too. */
    boolean real() {
        return real;
    }

    /** The identity called {@code name}; the same name and seed give the same one. */
    Sealer named(String name) {
        Stream stream = seeds.stream("identity/" + name);
        if (!real) return new ChargedSealer(PeerId.random(stream), codec);
        byte[] seed = new byte[SignatureScheme.SEED_BYTES];
        stream.nextBytes(seed);
        return new SigningSealer(NodeIdentity.fromSeed(scheme, seed), codec);
    }
}
