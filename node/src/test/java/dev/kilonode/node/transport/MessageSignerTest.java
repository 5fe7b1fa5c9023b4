package dev.kilonode.node.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.observe.RefusalCause;
import dev.kilonode.node.wire.DhtMessage;
import dev.kilonode.node.wire.Envelope;
import dev.kilonode.node.wire.EnvelopeCodec;
import dev.kilonode.node.wire.IdentityAnnounce;
import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.WireSamples;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageSignerTest {

    private static final int MAX = 5 << 20;
    private static final EnvelopeCodec CODEC = new EnvelopeCodec(SignatureScheme.ED25519, MAX);
    private static final CryptographicSigner SIGNING = signing(1);
    private static final PeerId SELF = PeerId.random(new SplittableRandom(1));
    private static final SimulatedSigner CHARGED = new SimulatedSigner(SELF, CODEC);

    static List<Message> messages() {
        return WireSamples.messages();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void bothSignersPredictTheSameSizeExactly(Message message) {
        for (boolean client : new boolean[] {true, false}) {
            Frame signed = SIGNING.seal(message, client, 9);
            Frame charged = CHARGED.seal(message, client, 9);
            assertThat(signed.sizeBytes())
                    .isEqualTo(SIGNING.sizeOf(message))
                    .isEqualTo(CHARGED.sizeOf(message))
                    .isEqualTo(charged.sizeBytes())
                    .isEqualTo(bytes(signed).length);
            assertThat(signed.kind()).isEqualTo(message.kind()).isEqualTo(charged.kind());
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void signedFramesOpenToTheOriginalMessage(Message message) throws Exception {
        Envelope opened = SIGNING.open(SIGNING.seal(message, true, 9));
        assertThat(opened.message()).usingRecursiveComparison().isEqualTo(message);
        assertThat(opened.from()).isEqualTo(SIGNING.self());
        assertThat(opened.unixSeconds()).isEqualTo(9);
        assertThat(opened.client()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void everySchemeSealsAndOpens(SignatureScheme scheme) throws Exception {
        var codec = new EnvelopeCodec(scheme, MAX);
        var signer = new CryptographicSigner(identity(scheme, 1), codec);
        var receiver = new CryptographicSigner(identity(scheme, 2), codec);
        Envelope opened = receiver.open(signer.seal(new DhtMessage.Ping(4), false, 9));
        assertThat(opened.message()).isEqualTo(new DhtMessage.Ping(4));
        assertThat(opened.from()).isEqualTo(signer.self());
        assertThat(opened.client()).isFalse();
    }

    @Test
    void chargedFramesHoldTheMessageItself() throws Exception {
        var ping = new DhtMessage.Ping(4);
        Envelope opened = CHARGED.open(CHARGED.seal(ping, true, 9));
        assertThat(opened.message()).isSameAs(ping);
        assertThat(opened.from()).isSameAs(SELF);
        assertThat(opened.unixSeconds()).isEqualTo(9);
        assertThat(opened.client()).isTrue();
    }

    @Test
    void theSimulatedSignerOpensFramesOfSignedBytes() throws Exception {
        assertThat(CHARGED.open(SIGNING.seal(new DhtMessage.Ping(4), false, 9)).from())
                .isEqualTo(SIGNING.self());
    }

    @Test
    void theCryptographicSignerRefusesUnsignedEnvelopes() {
        assertRefused(SIGNING, CHARGED.seal(new DhtMessage.Ping(4), false, 9), RefusalCause.BAD_SIGNATURE);
    }

    @Test
    void everyChangedBitIsRefused() {
        byte[] frame = bytes(SIGNING.seal(new DhtMessage.Ping(4), false, 9));
        for (int at = 0; at < frame.length; at++) {
            byte[] changed = frame.clone();
            changed[at] ^= 1;
            for (MessageSigner signer : List.of(SIGNING, CHARGED)) {
                assertThatThrownBy(() -> signer.open(frame(changed)))
                        .as("byte %d of %d", at, frame.length)
                        .isExactlyInstanceOf(RefusedException.class);
            }
        }
    }

    @Test
    void changedPayloadIsABadSignature() {
        byte[] frame = bytes(SIGNING.seal(new DhtMessage.Ping(4), false, 9));
        frame[CODEC.signedBytes(frame) - 3] ^= 1; // the request id's last byte
        assertRefused(SIGNING, frame(frame), RefusalCause.BAD_SIGNATURE);
        assertRefused(CHARGED, frame(frame), RefusalCause.BAD_SIGNATURE);
    }

    @Test
    void unsignedBytesAreABadSignature() {
        byte[] key =
                NodeIdentity.fromSeed(SignatureScheme.ED25519, new byte[32]).publicKey();
        var unsigned = new Envelope(IdentityAnnounce.INSTANCE, NodeIdentity.idOf(key), 9, false, key, null);
        assertRefused(SIGNING, frame(CODEC.encode(unsigned)), RefusalCause.BAD_SIGNATURE);
        assertRefused(CHARGED, frame(CODEC.encode(unsigned)), RefusalCause.BAD_SIGNATURE);
    }

    @Test
    void anotherPeersKeyIsAWrongSender() {
        NodeIdentity liar = NodeIdentity.fromSeed(SignatureScheme.ED25519, new byte[32]);
        byte[] frame =
                CODEC.encode(new Envelope(IdentityAnnounce.INSTANCE, SIGNING.self(), 9, false, liar.publicKey(), null));
        int signed = CODEC.signedBytes(frame);
        System.arraycopy(liar.sign(frame, signed), 0, frame, signed, frame.length - signed);
        assertRefused(SIGNING, frame(frame), RefusalCause.WRONG_SENDER);
        assertRefused(CHARGED, frame(frame), RefusalCause.WRONG_SENDER);
    }

    @Test
    void garbageIsMalformed() {
        var random = new SplittableRandom(11);
        for (int length = 0; length < 400; length++) {
            byte[] garbage = new byte[length];
            random.nextBytes(garbage);
            assertRefused(SIGNING, frame(garbage), RefusalCause.MALFORMED);
            assertRefused(CHARGED, frame(garbage), RefusalCause.MALFORMED);
        }
    }

    @Test
    void theRefusalOfGarbageSaysWhatWasExpected() {
        assertThatThrownBy(() -> CHARGED.open(frame(new byte[] {7})))
                .hasMessage("byte 0: got 7 as version, expected 1");
    }

    @Test
    void framesAboveTheMaximumAreOversize() throws Exception {
        var ping = new DhtMessage.Ping(4);
        int size = CODEC.sizeOf(ping);
        Frame signed = SIGNING.seal(ping, false, 9);
        Frame charged = CHARGED.seal(ping, false, 9);
        var exact = new EnvelopeCodec(SignatureScheme.ED25519, size);
        var tight = new EnvelopeCodec(SignatureScheme.ED25519, size - 1);

        assertThat(new SimulatedSigner(SELF, exact).open(charged).message()).isEqualTo(ping);
        assertThat(new SimulatedSigner(SELF, exact).open(signed).message()).isEqualTo(ping);
        assertRefused(new SimulatedSigner(SELF, tight), charged, RefusalCause.OVERSIZE);
        assertRefused(new SimulatedSigner(SELF, tight), signed, RefusalCause.OVERSIZE);
        assertRefused(new CryptographicSigner(identity(2), tight), signed, RefusalCause.OVERSIZE);
    }

    @Test
    void codecOfAnotherSchemeIsRefused() {
        var other = new EnvelopeCodec(SignatureScheme.ML_DSA_65, MAX);
        assertThatThrownBy(() -> new CryptographicSigner(identity(1), other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("codec: got one for ML-DSA-65, expected Ed25519");
    }

    private static void assertRefused(MessageSigner signer, Frame frame, RefusalCause cause) {
        assertThatThrownBy(() -> signer.open(frame))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(cause));
    }

    private static Frame frame(byte[] bytes) {
        MessageKind declared = EnvelopeCodec.peekKind(bytes);
        return Frame.ofBytes(bytes, declared);
    }

    private static byte[] bytes(Frame frame) {
        return Objects.requireNonNull(frame.bytes()).clone();
    }

    private static CryptographicSigner signing(int filler) {
        return new CryptographicSigner(identity(filler), CODEC);
    }

    private static NodeIdentity identity(int filler) {
        return identity(SignatureScheme.ED25519, filler);
    }

    private static NodeIdentity identity(SignatureScheme scheme, int filler) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) filler);
        return NodeIdentity.fromSeed(scheme, seed);
    }
}
