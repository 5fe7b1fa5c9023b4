package dev.kilonode.node.link.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.base.ProtocolException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsIdentityTest {

    private static final SignatureScheme SCHEME = SignatureScheme.ED25519;

    private static TlsIdentity made(SignatureScheme scheme) {
        return TlsIdentity.of(NodeIdentity.generate(scheme, new SecureRandom()));
    }

    private static byte[] certificate(TlsIdentity of) throws Exception {
        return of.certificate().getEncoded();
    }

    @ParameterizedTest
    @EnumSource(SignatureScheme.class)
    void aBindingNamesTheIdentityThatMadeIt(SignatureScheme scheme) throws Exception {
        NodeIdentity identity = NodeIdentity.generate(scheme, new SecureRandom());
        TlsIdentity shown = TlsIdentity.of(identity);
        assertThat(made(scheme).verify(certificate(shown), shown.binding())).isEqualTo(identity.peerId());
    }

    @ParameterizedTest
    @EnumSource(SignatureScheme.class)
    void whatTlsLibrariesKeepIsSmallWhateverTheScheme(SignatureScheme scheme) throws Exception {
        assertThat(certificate(made(scheme))).hasSizeLessThan(400);
    }

    @Test
    void theJdkAgreesThatTheCertificateIsSelfSigned() throws Exception {
        TlsIdentity made = made(SCHEME);
        made.certificate().verify(made.certificate().getPublicKey());
        made.certificate().checkValidity();
    }

    @Test
    void aBindingOfAnotherKeyIsRefused() throws Exception {
        NodeIdentity victim = NodeIdentity.generate(SCHEME, new SecureRandom());
        TlsIdentity honest = TlsIdentity.of(victim);
        TlsIdentity later = TlsIdentity.of(victim);
        TlsIdentity thief = made(SCHEME);
        assertThatThrownBy(() -> thief.verify(certificate(thief), honest.binding()))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("not signed by the Ed25519 key");
        assertThatThrownBy(() -> thief.verify(certificate(honest), later.binding()))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void aBindingWithAByteChangedIsRefused() throws Exception {
        TlsIdentity shown = made(SCHEME);
        TlsIdentity other = made(SCHEME);
        byte[] honest = shown.binding();
        for (int i = 0; i < honest.length; i++) {
            byte[] changed = honest.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> other.verify(certificate(shown), changed))
                    .as("byte %d", i)
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void garbageIsRefusedByTheSameException() throws Exception {
        TlsIdentity shown = made(SCHEME);
        byte[] honest = certificate(shown);
        long seed = 20261123;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = Arrays.copyOf(honest, random.nextInt(honest.length));
            if (damaged.length > 0) damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            assertThatThrownBy(() -> shown.verify(damaged, shown.binding()))
                    .as("seed %d, try %d", seed, i)
                    .isInstanceOf(ProtocolException.class);
        }
        for (int length : new int[] {0, 1, shown.binding().length - 1, shown.binding().length + 1}) {
            byte[] binding = Arrays.copyOf(shown.binding(), length);
            assertThatThrownBy(() -> shown.verify(honest, binding))
                    .hasMessage("identity binding of %d bytes", length)
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void aBindingOfAnotherSchemeIsRefused() throws Exception {
        TlsIdentity shown = made(SCHEME);
        assertThatThrownBy(() -> made(SignatureScheme.ML_DSA_65).verify(certificate(shown), shown.binding()))
                .isInstanceOf(ProtocolException.class);
    }
}
