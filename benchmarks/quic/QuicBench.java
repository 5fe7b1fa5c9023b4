import dev.kilonode.node.bench.NodeThread;
import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.netty.QuicEndpoint;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.link.real.LinkConfig;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.Future;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Kilonode's QUIC endpoints, or bare Netty QUIC: one side a process, started by benchmarks/quic.sh, which says what is printed.
 *
 * <p>The bare side is two codecs on two UDP sockets a node, no client certificate, no identities, no node thread, and one long-lived
 * bidirectional stream a connection on which requests and replies follow each other; or, with "streams", a stream for each message.
 */
public final class QuicBench {

    private static final int REQUEST_BYTES = 1024;
    private static final int PENDING_DIALS = 256;
    private static final int PORT = 7400;
    private static final char[] PASSWORD = "benchmark".toCharArray();

    private final int nodes;
    private final int degree;
    private final int inFlight;
    private final long seconds;
    private final SignatureScheme scheme;
    private final File bareKeys;

    private QuicBench(String[] args) {
        nodes = Integer.parseInt(args[0]);
        degree = Integer.parseInt(args[1]);
        inFlight = Integer.parseInt(args[2]);
        seconds = Long.parseLong(args[3]);
        scheme = SignatureScheme.named(args[4]);
        bareKeys = new File(args[6]);
    }

    public static void main(String[] args) throws Exception {
        QuicBench bench = new QuicBench(args);
        switch (args[5]) {
            case "ours" -> bench.ours();
            case "bare" -> bench.bare(false);
            default -> bench.bare(true);
        }
        System.out.flush();
        Runtime.getRuntime().halt(0); // all connections with it
    }

    // Kilonode's endpoints

    private void ours() throws Exception {
        NodeThread thread = new NodeThread();
        SocketLoops loops = new SocketLoops(2);
        LinkConfig config = new LinkConfig(
                Duration.ofSeconds(60),
                Duration.ZERO, // connections that say nothing stay
                Duration.ZERO,
                Duration.ofSeconds(20),
                LinkConfig.DEFAULT.maxFrame(),
                LinkConfig.DEFAULT.sendQueue(),
                LinkConfig.DEFAULT.receiveQueue());
        NodeIdentity[] identities = new NodeIdentity[nodes];
        for (int i = 0; i < nodes; i++) identities[i] = NodeIdentity.generate(scheme, new SecureRandom());
        long before = System.nanoTime();
        OurNode[] all = new OurNode[nodes];
        for (int i = 0; i < nodes; i++) {
            QuicEndpoint endpoint = QuicEndpoint.open(loops, address(i), identities[i], thread, thread, config);
            OurNode node = new OurNode(thread, endpoint);
            all[i] = node;
            thread.execute(() -> endpoint.listen(node));
        }
        say("nodes bound", since(before), "s");
        Semaphore pending = new Semaphore(PENDING_DIALS);
        AtomicInteger failed = new AtomicInteger();
        long dialling = System.nanoTime();
        long cpu = cpuNanos();
        int[][] targets = targets();
        for (int i = 0; i < nodes; i++) {
            for (int target : targets[i]) {
                pending.acquire();
                OurNode node = all[i];
                node.thread.execute(() -> node.endpoint.dial(address(target), new DialListener() {
                    @Override
                    public void dialled(Connection connection) {
                        node.dialled.add(connection);
                        pending.release();
                    }

                    @Override
                    public void dialFailed(DialFailure failure) {
                        failed.incrementAndGet();
                        pending.release();
                    }
                }));
            }
        }
        pending.acquire(PENDING_DIALS);
        double up = since(dialling);
        int ends = 0;
        for (OurNode node : all) ends += node.endpoint.openConnections();
        say("connections up, identities verified", ends / 2.0, failed + " failed");
        say("seconds until all were up", up, "must be 25 at most");
        say("connections per second", ends / 2.0 / up, "");
        say("CPU ms per connection", (cpuNanos() - cpu) / 1e6 / (ends / 2.0), "both ends");
        rest("Kilonode");

        LongAdder replies = new LongAdder();
        AtomicLong stop = new AtomicLong(Long.MAX_VALUE);
        for (OurNode node : all) node.onReply = () -> {
            replies.increment();
            if (System.nanoTime() < stop.get()) ask(all);
        };
        load("Kilonode", replies, stop, () -> ask(all));
        long dropped = 0;
        long unacknowledged = 0;
        for (OurNode node : all) {
            dropped += node.endpoint.account().dropped();
            unacknowledged += node.endpoint.account().unacknowledged();
        }
        say("frames not sent, or not acknowledged in time", dropped + unacknowledged, "");
        long closing = System.nanoTime();
        CountDownLatch down = new CountDownLatch(nodes);
        for (OurNode node : all) {
            node.thread.execute(() -> {
                node.endpoint.shutdown(false);
                down.countDown();
            });
        }
        down.await();
        loops.close();
        say("seconds to shut down", since(closing), "");
    }

    private static void ask(OurNode[] all) {
        OurNode node;
        do {
            node = all[ThreadLocalRandom.current().nextInt(all.length)];
        } while (node.dialled.isEmpty());
        OurNode chosen = node;
        chosen.thread.execute(() -> chosen.send(
                chosen.dialled.get(ThreadLocalRandom.current().nextInt(chosen.dialled.size())), MessageKind.PING));
    }

    private static final class OurNode implements EndpointListener {
        final NodeThread thread;
        final QuicEndpoint endpoint;
        final List<Connection> dialled = new ArrayList<>();
        volatile Runnable onReply = () -> {};

        OurNode(NodeThread thread, QuicEndpoint endpoint) {
            this.thread = thread;
            this.endpoint = endpoint;
        }

        void send(Connection to, MessageKind kind) {
            byte[] bytes = new byte[REQUEST_BYTES];
            bytes[0] = 1;
            bytes[1] = (byte) kind.ordinal();
            endpoint.send(to, Frame.ofBytes(bytes, kind), null);
        }

        @Override
        public void connected(Connection connection) {}

        @Override
        public void received(Connection connection, Frame frame) {
            if (frame.kind() == MessageKind.PING) send(connection, MessageKind.PONG);
            else onReply.run();
        }

        @Override
        public void closed(Connection connection, CloseReason reason) {
            dialled.remove(connection);
        }
    }

    // Bare Netty

    /** @param streamPerMessage whether each message has a stream of its own, as ours do, but no acknowledgement */
    private void bare(boolean streamPerMessage) throws Exception {
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                2, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        KeyStore store = KeyStore.getInstance(bareKeys, PASSWORD);
        X509Certificate certificate = (X509Certificate) store.getCertificate("bare");
        QuicSslContext serverContext = QuicSslContextBuilder.forServer(
                        (PrivateKey) store.getKey("bare", PASSWORD), null, certificate)
                .applicationProtocols("bare")
                .build();
        QuicSslContext clientContext = QuicSslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .applicationProtocols("bare")
                .build();
        Bootstrap socket = new Bootstrap()
                .group(loops)
                .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, 4 << 20)
                .option(ChannelOption.SO_SNDBUF, 4 << 20);
        LongAdder replies = new LongAdder();
        AtomicLong stop = new AtomicLong(Long.MAX_VALUE);
        List<List<QuicStreamChannel>> streams = new ArrayList<>();
        ByteBuf body = Unpooled.unreleasableBuffer(Unpooled.directBuffer(4 + REQUEST_BYTES)
                .writeInt(REQUEST_BYTES)
                .writeZero(REQUEST_BYTES));
        Runnable again = () -> ask(streams, body, streamPerMessage);
        Channel[] clients = new Channel[nodes];
        for (int i = 0; i < nodes; i++) {
            ChannelHandler server = new QuicServerCodecBuilder()
                    .sslContext(serverContext)
                    .maxIdleTimeout(0, TimeUnit.SECONDS)
                    .initialMaxData(8 << 20)
                    .initialMaxStreamDataBidirectionalRemote(8 << 20)
                    .initialMaxStreamsBidirectional(100)
                    .initialMaxStreamDataUnidirectional(8 << 20)
                    .initialMaxStreamsUnidirectional(100)
                    .streamHandler(handlers(() -> new Echo(body)))
                    .build();
            ChannelHandler client = new QuicClientCodecBuilder()
                    .sslContext(clientContext)
                    .maxIdleTimeout(0, TimeUnit.SECONDS)
                    .initialMaxData(8 << 20)
                    .initialMaxStreamDataBidirectionalLocal(8 << 20)
                    .initialMaxStreamDataUnidirectional(8 << 20)
                    .initialMaxStreamsUnidirectional(100)
                    .build();
            socket.clone().handler(server).bind(socketAddress(i, PORT)).sync();
            clients[i] = socket.clone().handler(client).bind(socketAddress(i, PORT + 1)).sync().channel();
            streams.add(new ArrayList<>());
        }
        Semaphore pending = new Semaphore(PENDING_DIALS);
        AtomicInteger up = new AtomicInteger();
        long dialling = System.nanoTime();
        int[][] targets = targets();
        for (int i = 0; i < nodes; i++) {
            List<QuicStreamChannel> mine = streams.get(i);
            for (int target : targets[i]) {
                pending.acquire();
                QuicChannel.newBootstrap(clients[i])
                        .streamHandler(handlers(() -> new Replies(replies, stop, again)))
                        .remoteAddress(socketAddress(target, PORT))
                        .connect()
                        .addListener(connected -> {
                            pending.release();
                            if (!connected.isSuccess()) return;
                            ((QuicChannel) connected.getNow())
                                    .createStream(
                                            QuicStreamType.BIDIRECTIONAL,
                                            handlers(() -> new Replies(replies, stop, again)))
                                    .addListener(opened -> {
                                        if (!opened.isSuccess()) return;
                                        synchronized (mine) {
                                            mine.add((QuicStreamChannel) opened.getNow());
                                        }
                                        up.incrementAndGet();
                                    });
                        });
            }
        }
        pending.acquire(PENDING_DIALS);
        say("bare: connections up", up.get(), "no identities, no client certificates");
        say("bare: seconds until all were up", since(dialling), "");
        rest("bare");
        load("bare", replies, stop, again);
    }

    private static ChannelHandler handlers(Supplier<ChannelHandler> last) {
        return new ChannelInitializer<QuicStreamChannel>() {
            @Override
            protected void initChannel(QuicStreamChannel stream) {
                stream.pipeline().addLast(new LengthFieldBasedFrameDecoder(1 << 20, 0, 4, 0, 4), last.get());
            }
        };
    }

    private static void ask(List<List<QuicStreamChannel>> streams, ByteBuf body, boolean streamPerMessage) {
        List<QuicStreamChannel> node;
        do {
            node = streams.get(ThreadLocalRandom.current().nextInt(streams.size()));
        } while (node.isEmpty());
        QuicStreamChannel stream = node.get(ThreadLocalRandom.current().nextInt(node.size()));
        if (streamPerMessage) sendOnNewStream(stream.parent(), body);
        else stream.writeAndFlush(body.duplicate());
    }

    private static void sendOnNewStream(QuicChannel connection, ByteBuf body) {
        connection
                .createStream(QuicStreamType.UNIDIRECTIONAL, null)
                .addListener((Future<QuicStreamChannel> opened) ->
                        opened.getNow().writeAndFlush(new DefaultQuicStreamFrame(body.duplicate(), true)));
    }

    /** A stream of one direction carries one message and is closed when it has been read; Netty keeps it open otherwise. */
    private abstract static class Reader extends ChannelInboundHandlerAdapter {

        abstract void read(QuicStreamChannel stream);

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ((ByteBuf) msg).release();
            read((QuicStreamChannel) ctx.channel());
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event == ChannelInputShutdownReadComplete.INSTANCE) ctx.close();
        }
    }

    private static final class Echo extends Reader {
        private final ByteBuf body;

        Echo(ByteBuf body) {
            this.body = body;
        }

        @Override
        void read(QuicStreamChannel stream) {
            if (stream.type() == QuicStreamType.UNIDIRECTIONAL) sendOnNewStream(stream.parent(), body);
            else stream.writeAndFlush(body.duplicate());
        }
    }

    private static final class Replies extends Reader {
        private final LongAdder replies;
        private final AtomicLong stop;
        private final Runnable again;

        Replies(LongAdder replies, AtomicLong stop, Runnable again) {
            this.replies = replies;
            this.stop = stop;
            this.again = again;
        }

        @Override
        void read(QuicStreamChannel stream) {
            replies.increment();
            if (System.nanoTime() < stop.get()) again.run();
        }
    }

    // Both

    private void load(String who, LongAdder replies, AtomicLong stop, Runnable ask) throws Exception {
        for (int i = 0; i < inFlight; i++) ask.run();
        Thread.sleep(TimeUnit.SECONDS.toMillis(seconds)); // warm-up
        long before = replies.sum();
        long began = System.nanoTime();
        long cpu = cpuNanos();
        Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
        double took = since(began);
        long done = replies.sum() - before;
        say(who + ": requests of 1 KiB per second", done / took, inFlight + " in flight");
        say(who + ": CPU us per request", (cpuNanos() - cpu) / 1e3 / done, "");
        stop.set(0);
        Thread.sleep(1_500);
    }

    private static void rest(String who) throws Exception {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(200);
        }
        say(who + ": MB resident", statusKib("VmRSS") / 1024.0, "must be 1600 at most");
        say(who + ": MB heap", usedHeap() / 1048576.0, "after three collections");
        say(who + ": threads", statusKib("Threads"), "must be 40 at most");
        long cpu = cpuNanos();
        long began = System.nanoTime();
        Thread.sleep(5_000);
        say(who + ": cores idle", (cpuNanos() - cpu) / 1e9 / since(began), "must be 0.1 at most");
    }

    private int[][] targets() {
        Random random = new Random(1);
        int[][] targets = new int[nodes][];
        Set<Long> taken = new HashSet<>();
        for (int i = 0; i < nodes; i++) {
            targets[i] = new int[degree];
            for (int d = 0; d < degree; ) {
                int other = random.nextInt(nodes);
                if (other == i || !taken.add((long) Math.min(i, other) * nodes + Math.max(i, other))) continue;
                targets[i][d++] = other;
            }
        }
        return targets;
    }

    private static NodeAddress address(int i) {
        return new NodeAddress(127 << 24 | 1 << 16 | i / 250 << 8 | i % 250 + 1, PORT);
    }

    private static InetSocketAddress socketAddress(int i, int port) throws Exception {
        return new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 2, (byte) (i / 250), (byte) (i % 250 + 1)}), port);
    }

    private static void say(String what, double value, String remark) {
        System.out.printf(Locale.ROOT, "%-50s %12.2f  %s%n", what, value, remark);
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static long usedHeap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static double statusKib(String field) throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(field + ":")) return Double.parseDouble(line.replaceAll("[^0-9]", ""));
        }
        return Double.NaN;
    }
}
