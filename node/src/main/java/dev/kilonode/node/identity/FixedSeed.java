package dev.kilonode.node.identity;

import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/**
 * Returns one given seed, once. A key generator that uses it makes the key pair that the algorithm's standard specifies for the seed. Any
 * other request fails, because the seed would then not determine the key. ({@code new SecureRandom(seed)} does not serve: its output
 * differs between JDKs and providers.)
 */
final class FixedSeed extends SecureRandom {

    FixedSeed(byte[] seed, Provider provider) {
        super(new Source(seed.clone()), provider);
    }

    @Override
    public String getAlgorithm() {
        return "fixed seed";
    }

    private static final class Source extends SecureRandomSpi {
        private final byte[] seed;
        private boolean taken;

        Source(byte[] seed) {
            this.seed = seed;
        }

        @Override
        protected void engineNextBytes(byte[] out) {
            if (taken || out.length != seed.length) {
                throw new IllegalStateException("key generator asked for " + out.length + " bytes"
                        + (taken ? " more" : "") + ", expected to be asked once for " + seed.length);
            }
            taken = true;
            System.arraycopy(seed, 0, out, 0, seed.length);
        }

        @Override
        protected void engineSetSeed(byte[] ignored) {}

        @Override
        protected byte[] engineGenerateSeed(int count) {
            throw new IllegalStateException("key generator asked for a seed to seed with");
        }
    }
}
