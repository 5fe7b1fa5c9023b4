package dev.kilonode.simulator.experiments.costs;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Times of signing, verifying and hashing, measured with the code that nodes use.
 *
 * @param of the measurements, in the order in which they were made
 */
public record CryptoCosts(List<Measured> of) {

    /** Typical size of a message without a chunk. */
    private static final int SMALL_BYTES = 512;

    private static final int KIB = 256;
    private static final int HASHED_KIB = 1024;

    /**
     * Times of one operation.
     *
     * @param algorithm such as {@code ML-DSA-65}
     * @param what {@code sign}, {@code verify} or {@code hash}
     * @param base time for a short message; zero for a hash
     * @param perKib additional time per KiB
     */
    public record Measured(String algorithm, String provider, String what, Timing base, Timing perKib) {}

    /** Measures all operations. Takes some twelve budgets of {@code watch}, half of them for warm-up. */
    public static CryptoCosts measure(Stopwatch watch) {
        List<Measured> all = new ArrayList<>();
        for (SignatureScheme scheme : SignatureScheme.values()) {
            NodeIdentity signer = NodeIdentity.fromSeed(scheme, new byte[SignatureScheme.SEED_BYTES]);
            byte[] publicKey = signer.publicKey();
            byte[] data = new byte[SMALL_BYTES + KIB * 1024];
            byte[] small = signer.sign(data, SMALL_BYTES);
            byte[] large = signer.sign(data, data.length);
            String provider = scheme.provider().getName();
            Timing signSmall = watch.time(() -> signer.sign(data, SMALL_BYTES)[0]);
            Timing signLarge = watch.time(() -> signer.sign(data, data.length)[0]);
            Timing verifySmall = watch.time(() -> verified(scheme, publicKey, data, SMALL_BYTES, small));
            Timing verifyLarge = watch.time(() -> verified(scheme, publicKey, data, data.length, large));
            all.add(new Measured(
                    scheme.algorithm(), provider, "sign", signSmall, Timing.perKib(signSmall, signLarge, KIB)));
            all.add(new Measured(
                    scheme.algorithm(), provider, "verify", verifySmall, Timing.perKib(verifySmall, verifyLarge, KIB)));
        }
        all.add(hash(watch));
        return new CryptoCosts(List.copyOf(all));
    }

    private static long verified(SignatureScheme scheme, byte[] key, byte[] data, int length, byte[] signature) {
        if (scheme.verify(key, data, length, signature)) return 1;
        throw new IllegalStateException(scheme.algorithm() + " did not verify its own signature");
    }

    private static Measured hash(Stopwatch watch) {
        MessageDigest hash;
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        byte[] content = new byte[HASHED_KIB * 1024];
        Timing all = watch.time(() -> hash.digest(content)[0]);
        Timing none = new Timing(all.samples(), 0, 0, 0);
        return new Measured(
                "SHA-256", hash.getProvider().getName(), "hash", none, Timing.perKib(none, all, HASHED_KIB));
    }

    /** @throws IllegalArgumentException if it was not measured */
    Measured of(String algorithm, String what) {
        return of.stream()
                .filter(one -> one.algorithm().equals(algorithm) && one.what().equals(what))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not measured: " + what + " with " + algorithm));
    }

    /** A header line and a line per operation. */
    public List<String> table() {
        String format = "%-10s %-8s %14s %22s %14s %9s  %s";
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, format, "algorithm", "what", "512 bytes", "5 % to 95 %", "each KiB", "samples", "by"));
        for (Measured one : of) {
            boolean hash = one.what().equals("hash");
            lines.add(String.format(
                    Locale.ROOT,
                    format,
                    one.algorithm(),
                    one.what(),
                    hash ? "-" : CostsYaml.time(one.base().medianNanos()),
                    hash
                            ? "-"
                            : CostsYaml.time(one.base().lowNanos()) + " to "
                                    + CostsYaml.time(one.base().highNanos()),
                    CostsYaml.time(one.perKib().medianNanos()),
                    one.base().samples(),
                    one.provider()));
        }
        return lines;
    }
}
