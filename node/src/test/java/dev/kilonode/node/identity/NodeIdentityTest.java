package dev.kilonode.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Security;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdentityTest {

    @Test
    void ed25519KeyOfASeedIsThatOfRfc8032() { // section 7.1, test 1
        byte[] seed = HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        NodeIdentity identity = NodeIdentity.fromSeed(SignatureScheme.ED25519, seed);
        assertThat(HexFormat.of().formatHex(identity.publicKey()))
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assertThat(HexFormat.of().formatHex(identity.sign(new byte[0], 0)))
                .isEqualTo("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    }

    @Test
    void mlDsaIdOfASeedIsTheSameOnEveryJdk() {
        NodeIdentity identity = NodeIdentity.fromSeed(SignatureScheme.ML_DSA_65, new byte[32]);
        assertThat(identity.peerId().toString())
                .isEqualTo("085ba380ff386dd52e42349c6eb88489d6058ea541a4e3fb0dce9a3fd1f7a911");
    }

    @ParameterizedTest
    @EnumSource
    void idIsTheHashOfTheRawKey(SignatureScheme scheme) throws Exception {
        NodeIdentity identity = NodeIdentity.generate(scheme, new SecureRandom());
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.publicKey());
        assertThat(identity.peerId()).isEqualTo(PeerId.of(hash)).isEqualTo(NodeIdentity.idOf(identity.publicKey()));
    }

    @ParameterizedTest
    @EnumSource
    void generatedIdentitiesDiffer(SignatureScheme scheme) {
        assertThat(NodeIdentity.generate(scheme, new SecureRandom()).peerId())
                .isNotEqualTo(NodeIdentity.generate(scheme, new SecureRandom()).peerId());
    }

    @ParameterizedTest
    @EnumSource
    void callersCannotChangeTheKey(SignatureScheme scheme) {
        NodeIdentity identity = NodeIdentity.fromSeed(scheme, new byte[32]);
        identity.publicKey()[0] ^= 1;
        assertThat(NodeIdentity.idOf(identity.publicKey())).isEqualTo(identity.peerId());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void seedOfAnotherLengthIsRefused(int length) {
        assertThatThrownBy(() -> NodeIdentity.fromSeed(SignatureScheme.ED25519, new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("identity seed: got " + length + " bytes, expected 32");
    }

    @Test
    void theFixedSeedIsReturnedOnce() {
        var source = new FixedSeed(new byte[32], Security.getProviders()[0]);
        source.nextBytes(new byte[32]);
        assertThatThrownBy(() -> source.nextBytes(new byte[32])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new FixedSeed(new byte[32], Security.getProviders()[0]).nextBytes(new byte[31]))
                .isInstanceOf(IllegalStateException.class);
    }
}
