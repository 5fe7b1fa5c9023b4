package dev.kilonode.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.identity.SignatureScheme;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeCodecTest {

    private static final int MAX = 5 << 20;
    private static final EnvelopeCodec CODEC = new EnvelopeCodec(SignatureScheme.ML_DSA_65, MAX);
    private static final PeerId FROM = PeerId.random(new SplittableRandom(1));

    static List<Message> messages() {
        return WireSamples.messages();
    }

    @Test
    void samplesContainEveryKind() {
        var kinds = EnumSet.noneOf(MessageKind.class);
        messages().forEach(message -> kinds.add(message.kind()));
        assertThat(kinds).isEqualTo(EnumSet.allOf(MessageKind.class));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void theEncodedLengthIsSizeOf(Message message) {
        for (SignatureScheme scheme : SignatureScheme.values()) {
            var codec = new EnvelopeCodec(scheme, MAX);
            assertThat(codec.encode(envelope(scheme, message, true))).hasSize(codec.sizeOf(message));
            assertThat(codec.encode(envelope(scheme, message, false))).hasSize(codec.sizeOf(message));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsEncodedIsDecoded(Message message) throws Exception {
        for (SignatureScheme scheme : SignatureScheme.values()) {
            Envelope sent = envelope(scheme, message, message.kind().isReply());
            var codec = new EnvelopeCodec(scheme, MAX);
            assertThat(codec.decode(codec.encode(sent)))
                    .usingRecursiveComparison()
                    .withStrictTypeChecking()
                    .isEqualTo(sent);
            assertThat(codec.encode(codec.decode(codec.encode(sent)))).isEqualTo(codec.encode(sent));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void theKindIsReadWithoutDecoding(Message message) {
        assertThat(EnvelopeCodec.peekKind(encoded(message))).isEqualTo(message.kind());
    }

    @Test
    void peekKindOfAnUnreadableFrameIsNull() {
        int first = MessageKind.values().length;
        assertThat(EnvelopeCodec.peekKind(new byte[0])).isNull();
        assertThat(EnvelopeCodec.peekKind(new byte[] {EnvelopeCodec.VERSION})).isNull();
        assertThat(EnvelopeCodec.peekKind(new byte[] {EnvelopeCodec.VERSION + 1, 0}))
                .isNull();
        assertThat(EnvelopeCodec.peekKind(new byte[] {EnvelopeCodec.VERSION, (byte) first}))
                .isNull();
        assertThat(EnvelopeCodec.peekKind(new byte[] {EnvelopeCodec.VERSION, -1}))
                .isNull();
        assertThat(EnvelopeCodec.peekKind(new byte[] {EnvelopeCodec.VERSION, (byte) (first - 1)}))
                .isEqualTo(MessageKind.values()[first - 1]);
    }

    @Test
    void envelopeOfMlDsaCostsAboutFiveKilobytes() {
        assertThat(CODEC.sizeOf(IdentityAnnounce.INSTANCE)).isBetween(5_300, 5_400);
    }

    @Test
    void absentContentKeyAndSignatureAreZeros() throws Exception {
        var put = new ChunkMessage.PutRequest(9, new Chunk(FROM, 3, null));
        Envelope read = CODEC.decode(CODEC.encode(new Envelope(put, FROM, 5, false, null, null)));
        assertThat(((ChunkMessage.PutRequest) read.message()).chunk().content()).isEqualTo(new byte[3]);
        assertThat(read.publicKey()).isEqualTo(new byte[1952]);
        assertThat(read.signature()).isEqualTo(new byte[3309]);
    }

    @Test
    void theLargestChunkFitsAFrameWithItsProof() throws Exception {
        var put = new ChunkMessage.PutRequest(9, new Chunk(FROM, Chunk.MAX_BYTES, null));
        byte[] frame = encoded(put);
        assertThat(frame).hasSize(CODEC.sizeOf(put));
        assertThat(CODEC.decode(frame).message().payloadBytes()).isEqualTo(put.payloadBytes());
    }

    @Test
    void signatureIsTheLastThingInAFrame() {
        byte[] frame = encoded(new DhtMessage.Ping(1));
        byte[] signature = new byte[3309];
        Arrays.fill(signature, (byte) 2);
        assertThat(Arrays.copyOfRange(frame, CODEC.signedBytes(frame), frame.length))
                .isEqualTo(signature);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyTruncationIsRefused(Message message) {
        var codec = new EnvelopeCodec(SignatureScheme.ED25519, MAX);
        byte[] frame = codec.encode(envelope(SignatureScheme.ED25519, message, false));
        int step = frame.length > 2_000 ? 97 : 1;
        for (int length = 0; length < frame.length; length += step) {
            byte[] truncated = Arrays.copyOf(frame, length);
            assertThatThrownBy(() -> codec.decode(truncated))
                    .as("%d of %d bytes", length, frame.length)
                    .isExactlyInstanceOf(MalformedFrameException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void trailingBytesAreRefused(Message message) {
        byte[] frame = encoded(message);
        for (int more : new int[] {1, 2, 3000}) {
            assertThatThrownBy(() -> CODEC.decode(Arrays.copyOf(frame, frame.length + more)))
                    .isExactlyInstanceOf(MalformedFrameException.class);
        }
    }

    /** Holds because the encoding is canonical: every accepted change of a frame changes the message. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void mutatedFramesAreRefusedOrReencodeToTheSameBytes(long seed) {
        var random = new SplittableRandom(seed);
        var codec = new EnvelopeCodec(SignatureScheme.ED25519, MAX);
        int refused = 0;
        int read = 0;
        List<Message> messages = messages();
        for (int round = 0; round < 4_000; round++) {
            Message message = messages.get(random.nextInt(messages.size()));
            byte[] frame = mutated(codec.encode(envelope(SignatureScheme.ED25519, message, true)), random);
            try {
                Envelope envelope = codec.decode(frame);
                assertThat(codec.encode(envelope))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(frame);
                read++;
            } catch (MalformedFrameException e) {
                assertThat(e.offset())
                        .as("seed %d, round %d: %s", seed, round, e)
                        .isBetween(0, frame.length);
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round + ", " + message.kind(), e);
            }
        }
        assertThat(refused).as("seed %d: refused", seed).isPositive();
        assertThat(read).as("seed %d: read", seed).isPositive();
    }

    @Test
    void anErrorSaysWhereWhatWasFoundAndWhatWasExpected() {
        assertRefused(frame -> frame[0] = 2, "byte 0: got 2 as version, expected 1");
        assertRefused(frame -> frame[1] = 23, "byte 1: got 23 as kind, expected 0 to 22");
        assertRefused(frame -> frame[1] = -1, "byte 1: got 255 as kind, expected 0 to 22");
        assertRefused(frame -> frame[2] = 3, "byte 2: got 3 as topic length, expected 10");
        assertRefused(frame -> frame[3] = 'x', "byte 3: got another topic, expected /dht/1.0.0");
        assertRefused(frame -> frame[45] = -1, "byte 45: got -72057594037927931 as unix seconds, expected >= 0");
        assertRefused(
                frame -> frame[53] = 'x', "byte 53: got another user agent, expected node/0.11.0 or client/0.11.0");
        assertRefused(frame -> frame[69] = 0, "byte 69: got 160 as length of public key, expected 1952");
        assertRefused(frame -> frame[2023] = -128, "byte 2023: got -2147483338 as payload length, expected 310");
        assertRefused(frame -> frame[2036] = 0, "byte 2035: got 0 peers, expected as many as 300 bytes hold, 300 each");
        assertRefused(
                frame -> frame[2035] = -1, "byte 2035: got 65281 peers, expected as many as 300 bytes hold, 300 each");
        assertRefused(frame -> frame[2069] = 16, "byte 2069: got 16 as address length, expected 6");
        assertRefused(frame -> frame[2070] = 6, "byte 2070: got 6 as address family, expected 4");
        assertRefused(
                frame -> {
                    frame[2075] = 0;
                    frame[2076] = 0;
                },
                "byte 2075: got 0 as port, expected 1 to 65535");
        assertRefused(frame -> frame[2100] = 9, "byte 2100: got 9 in what else is known of a peer, expected 0");
        assertRefused(frame -> frame[2077] = 8, "byte 2077: got 8 former addresses, expected at most 7");
        assertRefused(frame -> frame[2077] = 1, "byte 2082: got 0 as port, expected 1 to 65535");
        assertRefused(frame -> frame[2337] = 0, "byte 2337: got 237 as length of signature, expected 3309");
    }

    @Test
    void chunkLengthIsCheckedBeforeAllocation() {
        for (int length : new int[] {-1, Integer.MIN_VALUE, Chunk.MAX_BYTES + 1, Chunk.MAX_BYTES}) {
            byte[] frame = encoded(new ChunkMessage.PutRequest(9, new Chunk(FROM, 8, null)));
            int at = frame.length - 3309 - 2 - WireSizes.PROOF_BYTES - 8 - Integer.BYTES;
            ByteBuffer.wrap(frame).putInt(at, length);
            assertThatThrownBy(() -> CODEC.decode(frame))
                    .as("length %d", length)
                    .isExactlyInstanceOf(MalformedFrameException.class);
        }
    }

    @Test
    void numbersOfKeysAreCheckedBeforeAllocation() {
        var request = new ReplicationMessage.SyncRequest(9, List.of(FROM), List.of(FROM));
        int replicas = encoded(request).length - 3309 - 2 - 2 * (Integer.BYTES + PeerId.BYTES);
        for (int count : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 2, 3}) {
            byte[] frame = encoded(request);
            ByteBuffer.wrap(frame).putInt(replicas, count);
            assertThatThrownBy(() -> CODEC.decode(frame))
                    .as("%d keys", count)
                    .isExactlyInstanceOf(MalformedFrameException.class);
        }
    }

    @Test
    void answersBeyondHeldAndPaidAreRefused() {
        for (byte answer : new byte[] {-1, 4, 127}) {
            byte[] frame = encoded(new ReplicationMessage.VerifyReply(9, new byte[] {0, answer}));
            assertThatThrownBy(() -> CODEC.decode(frame)).isExactlyInstanceOf(MalformedFrameException.class);
        }
    }

    @Test
    void framesAboveTheMaximumAreRefusedBeforeTheyAreRead() {
        byte[] frame = encoded(new DhtMessage.Ping(1));
        var tight = new EnvelopeCodec(SignatureScheme.ML_DSA_65, frame.length - 1);
        assertThatThrownBy(() -> tight.decode(frame))
                .hasMessage("byte %d: got a frame of %d bytes, expected at most %d"
                        .formatted(frame.length - 1, frame.length, frame.length - 1));
    }

    @Test
    void malformedFramesHaveNoStackTrace() {
        assertThatThrownBy(() -> CODEC.decode(new byte[0]))
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }

    @Test
    void aFileThatCouldNotBeReadIsNotWritten() {
        var negative = new Chunk(FROM, -1, null);
        var tooLong = new Chunk(FROM, Chunk.MAX_BYTES + 1, null);
        var otherLength = new Chunk(FROM, 4, new byte[5]);
        for (Chunk chunk : List.of(negative, tooLong, otherLength)) {
            assertThatThrownBy(() -> encoded(new ChunkMessage.PutRequest(1, chunk)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int port : new int[] {0, -1, 65536}) {
            var peer = new PeerRecord(FROM, new NodeAddress(1, port));
            assertThatThrownBy(() -> encoded(new DhtMessage.Notify(peer)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("port: got " + port + ", expected 1 to 65535");
        }
        var ping = new DhtMessage.Ping(1);
        assertThatThrownBy(() -> CODEC.encode(new Envelope(ping, FROM, -1, false, null, null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CODEC.encode(new Envelope(ping, FROM, 1, false, new byte[32], null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("public key: got 32 bytes, expected 1952");
    }

    private interface Damage {
        void to(byte[] frame);
    }

    private static void assertRefused(Damage damage, String message) {
        var reply = new DhtMessage.FindNodeReply(1, List.of(new PeerRecord(FROM, new NodeAddress(1, 257))));
        byte[] frame = encoded(reply);
        damage.to(frame);
        assertThatThrownBy(() -> CODEC.decode(frame))
                .isExactlyInstanceOf(MalformedFrameException.class)
                .hasMessage(message);
    }

    private static byte[] mutated(byte[] frame, SplittableRandom random) {
        byte[] mutated = frame;
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            switch (random.nextInt(6)) {
                case 0 -> mutated = Arrays.copyOf(mutated, random.nextInt(mutated.length + 1));
                case 1 -> mutated = Arrays.copyOf(mutated, mutated.length + 1 + random.nextInt(64));
                case 2 -> overwrite(mutated, random, 1);
                case 3 -> overwrite(mutated, random, 8);
                default -> { // headers and lengths
                    if (mutated.length > 0) {
                        int at = random.nextInt(Math.min(mutated.length, 180));
                        mutated[at] = (byte) random.nextInt();
                    }
                }
            }
        }
        return mutated;
    }

    private static void overwrite(byte[] frame, SplittableRandom random, int count) {
        for (int i = 0, at = frame.length == 0 ? 0 : random.nextInt(frame.length);
                i < count && at + i < frame.length;
                i++) {
            frame[at + i] = (byte) random.nextInt();
        }
    }

    private static byte[] encoded(Message message) {
        return CODEC.encode(envelope(SignatureScheme.ML_DSA_65, message, false));
    }

    private static Envelope envelope(SignatureScheme scheme, Message message, boolean client) {
        byte[] key = new byte[scheme.publicKeyBytes()];
        byte[] signature = new byte[scheme.signatureBytes()];
        Arrays.fill(key, (byte) 1);
        Arrays.fill(signature, (byte) 2);
        return new Envelope(Objects.requireNonNull(message), FROM, 5, client, key, signature);
    }
}
