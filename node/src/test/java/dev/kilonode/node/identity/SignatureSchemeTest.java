package dev.kilonode.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignatureSchemeTest {

    private static final byte[] DATA = "what is signed, and what is not".getBytes(StandardCharsets.UTF_8);
    private static final int SIGNED = 14;

    @ParameterizedTest
    @EnumSource
    void signatureVerifiesOnlyForItsKeyAndItsBytes(SignatureScheme scheme) {
        NodeIdentity signer = identity(scheme, 1);
        NodeIdentity other = identity(scheme, 2);
        byte[] signature = signer.sign(DATA, SIGNED);

        assertThat(signature).hasSize(scheme.signatureBytes());
        assertThat(signer.publicKey()).hasSize(scheme.publicKeyBytes());
        assertThat(scheme.verify(signer.publicKey(), DATA, SIGNED, signature)).isTrue();
        assertThat(scheme.verify(other.publicKey(), DATA, SIGNED, signature)).isFalse();
        assertThat(scheme.verify(signer.publicKey(), DATA, SIGNED + 1, signature))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void bytesBeyondTheSignedLengthMayChange(SignatureScheme scheme) {
        NodeIdentity signer = identity(scheme, 1);
        byte[] signature = signer.sign(DATA, SIGNED);
        byte[] changedAfter = DATA.clone();
        changedAfter[SIGNED] ^= 1;
        byte[] changedBefore = DATA.clone();
        changedBefore[SIGNED - 1] ^= 1;

        assertThat(scheme.verify(signer.publicKey(), changedAfter, SIGNED, signature))
                .isTrue();
        assertThat(scheme.verify(signer.publicKey(), changedBefore, SIGNED, signature))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void garbageVerifiesAsFalseAndThrowsNothing(SignatureScheme scheme) {
        NodeIdentity signer = identity(scheme, 1);
        byte[] key = signer.publicKey();
        byte[] signature = signer.sign(DATA, SIGNED);
        for (int seed = 0; seed < 200; seed++) {
            byte[] garbledSignature = garbled(signature, seed);
            assertThat(scheme.verify(key, DATA, SIGNED, garbledSignature))
                    .as("seed %d", seed)
                    .isFalse();
            byte[] garbledKey = garbled(key, seed);
            assertThat(scheme.verify(garbledKey, DATA, SIGNED, signature))
                    .as("seed %d", seed)
                    .isFalse();
        }
        for (int filler : new int[] {0, 0x7f, 0xff}) {
            byte[] noKey = new byte[key.length];
            Arrays.fill(noKey, (byte) filler);
            byte[] noSignature = new byte[signature.length];
            Arrays.fill(noSignature, (byte) filler);
            assertThat(scheme.verify(noKey, DATA, SIGNED, signature)).isFalse();
            assertThat(scheme.verify(key, DATA, SIGNED, noSignature)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysAndSignaturesOfAnotherLengthVerifyAsFalse(SignatureScheme scheme) {
        NodeIdentity signer = identity(scheme, 1);
        byte[] key = signer.publicKey();
        byte[] signature = signer.sign(DATA, SIGNED);

        for (int difference : new int[] {-1, 1}) {
            assertThat(scheme.verify(Arrays.copyOf(key, key.length + difference), DATA, SIGNED, signature))
                    .isFalse();
            assertThat(scheme.verify(key, DATA, SIGNED, Arrays.copyOf(signature, signature.length + difference)))
                    .isFalse();
        }
        assertThat(scheme.verify(new byte[0], DATA, SIGNED, new byte[0])).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void bouncyCastleAndTheChosenProviderVerifyEachOther(SignatureScheme scheme) throws Exception {
        crossVerify(scheme, new BouncyCastleProvider());
    }

    @Test
    void theJdkAndBouncyCastleAgreeOnMlDsaWhereTheJdkHasIt() throws Exception {
        Provider jdk = Security.getProvider("SUN");
        assumeTrue(jdk.getService("Signature", "ML-DSA-65") != null, "this JDK has no ML-DSA");

        assertThat(SignatureScheme.ML_DSA_65.provider()).isSameAs(jdk);
        Provider bouncyCastle = new BouncyCastleProvider();
        assertThat(publicKeyMadeBy(jdk)).isEqualTo(publicKeyMadeBy(bouncyCastle));
        crossVerify(SignatureScheme.ML_DSA_65, bouncyCastle);
    }

    @Test
    void theJdkVerifiesOurEd25519Signatures() throws Exception {
        crossVerify(SignatureScheme.ED25519, Security.getProvider("SunEC"));
    }

    @Test
    void theProviderListIsNotChanged() {
        Provider[] before = Security.getProviders();
        for (SignatureScheme scheme : SignatureScheme.values()) {
            assertThat(identity(scheme, 3).sign(DATA, SIGNED)).isNotEmpty();
        }
        assertThat(Security.getProviders()).isEqualTo(before);
    }

    @Test
    void schemesAreFoundByTheirNames() {
        assertThat(SignatureScheme.named("ML-DSA-65")).isSameAs(SignatureScheme.ML_DSA_65);
        assertThat(SignatureScheme.named("Ed25519")).isSameAs(SignatureScheme.ED25519);
        assertThatThrownBy(() -> SignatureScheme.named("RSA"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signature algorithm: got RSA, expected one of [ML-DSA-65, Ed25519]");
    }

    private static void crossVerify(SignatureScheme scheme, Provider other) throws Exception {
        NodeIdentity here = identity(scheme, 4);
        String prefix = scheme == SignatureScheme.ML_DSA_65
                ? "308207b2300b0609608648016503040312038207a100"
                : "302a300506032b6570032100";
        byte[] x509 = HexFormat.of().parseHex(prefix + HexFormat.of().formatHex(here.publicKey()));
        PublicKey rebuilt =
                KeyFactory.getInstance(scheme.algorithm(), other).generatePublic(new X509EncodedKeySpec(x509));
        Signature verifier = Signature.getInstance(scheme.algorithm(), other);
        verifier.initVerify(rebuilt);
        verifier.update(DATA);
        assertThat(verifier.verify(here.sign(DATA, DATA.length)))
                .as("%s verifies what %s signed", other, scheme.provider())
                .isTrue();

        KeyPair there = KeyPairGenerator.getInstance(scheme.algorithm(), other).generateKeyPair();
        Signature signer = Signature.getInstance(scheme.algorithm(), other);
        signer.initSign(there.getPrivate());
        signer.update(DATA);
        assertThat(scheme.verify(scheme.raw(there.getPublic()), DATA, DATA.length, signer.sign()))
                .as("%s verifies what %s signed", scheme.provider(), other)
                .isTrue();
    }

    private static byte[] publicKeyMadeBy(Provider provider) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("ML-DSA-65", provider);
        generator.initialize(new NamedParameterSpec("ML-DSA-65"), new FixedSeed(new byte[32], provider));
        return SignatureScheme.ML_DSA_65.raw(generator.generateKeyPair().getPublic());
    }

    private static byte[] garbled(byte[] bytes, int seed) {
        var random = new SplittableRandom(seed);
        byte[] garbled = bytes.clone();
        garbled[random.nextInt(garbled.length)] ^= (byte) (1 + random.nextInt(255));
        return garbled;
    }

    private static NodeIdentity identity(SignatureScheme scheme, int first) {
        byte[] seed = new byte[SignatureScheme.SEED_BYTES];
        seed[0] = (byte) first;
        return NodeIdentity.fromSeed(scheme, seed);
    }
}
