package dev.kilonode.node.link.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentityCertificateTest {

    @ParameterizedTest
    @EnumSource(SignatureScheme.class)
    void aCertificateNamesTheIdentityThatMadeIt(SignatureScheme scheme) throws Exception {
        NodeIdentity identity = NodeIdentity.generate(scheme, new SecureRandom());
        byte[] encoded = IdentityCertificate.of(identity).certificate().getEncoded();
        assertThat(IdentityCertificate.verify(encoded, scheme)).isEqualTo(identity.peerId());
        assertThat(IdentityCertificate.verifiedPeer(encoded)).isEqualTo(identity.peerId());
    }

    @Test
    void theJdkAgreesThatItIsSelfSigned() throws Exception {
        NodeIdentity identity = NodeIdentity.generate(SignatureScheme.ED25519, new SecureRandom());
        IdentityCertificate made = IdentityCertificate.of(identity);
        made.certificate().verify(made.certificate().getPublicKey());
        made.certificate().checkValidity();
    }

    @Test
    void aBindingMovedToAnotherKeyIsRefused() throws Exception {
        SignatureScheme scheme = SignatureScheme.ED25519;
        NodeIdentity victim = NodeIdentity.generate(scheme, new SecureRandom());
        byte[] honest = IdentityCertificate.of(victim).certificate().getEncoded();
        byte[] other = IdentityCertificate.of(victim).certificate().getEncoded();
        byte[] key = IdentityCertificate.of(victim).certificate().getPublicKey().getEncoded();
        byte[] stolen = honest.clone();
        // All certificates of one scheme have the same layout, so the thief's key goes where the victim's was.
        int at = indexOf(
                honest, Arrays.copyOf(key, key.length - 64)); // the prefix of every P-256 key; the last 64 bytes differ
        System.arraycopy(key, 0, stolen, at, key.length);
        assertThat(stolen).isNotEqualTo(honest);
        assertThatThrownBy(() -> IdentityCertificate.verify(stolen, scheme))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("not signed by the Ed25519 key");
        assertThat(IdentityCertificate.verify(other, scheme)).isEqualTo(victim.peerId());
    }

    @Test
    void garbageIsRefusedWithACertificateException() throws Exception {
        SignatureScheme scheme = SignatureScheme.ED25519;
        byte[] honest = IdentityCertificate.of(NodeIdentity.generate(scheme, new SecureRandom()))
                .certificate()
                .getEncoded();
        long seed = 20261123;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = Arrays.copyOf(honest, 1 + random.nextInt(honest.length));
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            try {
                IdentityCertificate.verify(damaged, scheme);
            } catch (CertificateException expected) {
                continue;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", try " + i, e);
            }
            assertThat(damaged)
                    .as("accepted, so only beyond what is bound may be damaged")
                    .hasSize(honest.length);
        }
        assertThatThrownBy(() -> IdentityCertificate.verify(new byte[0], scheme))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void aCertificateOfAnotherSchemeIsRefused() throws Exception {
        byte[] encoded = IdentityCertificate.of(NodeIdentity.generate(SignatureScheme.ED25519, new SecureRandom()))
                .certificate()
                .getEncoded();
        assertThatThrownBy(() -> IdentityCertificate.verify(encoded, SignatureScheme.ML_DSA_65))
                .isInstanceOf(CertificateException.class);
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) return i;
        }
        throw new AssertionError("no P-256 key in the certificate");
    }
}
