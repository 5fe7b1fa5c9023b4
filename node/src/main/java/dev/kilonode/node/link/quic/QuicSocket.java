package dev.kilonode.node.link.quic;

import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.link.base.PendingDial;
import dev.kilonode.node.link.netty.LoopTimers;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.link.tls.TlsIdentity;
import dev.kilonode.node.wire.NodeAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The UDP socket of one endpoint, with its connections. On its event loop, unless stated otherwise. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: a failure ends the channel, which reports it
final class QuicSocket {

    /** Handshakes that remote ends may have in progress; further ones are refused, as in the network studied. */
    private static final int MAX_HANDSHAKES = 1_000;

    /** The requested size; the operating system may grant less. QUIC retransmits what does not fit. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private final QuicEndpoint endpoint;
    private final SocketLoops loops;
    private final EventLoop loop;
    private final LoopTimers timers;
    private final LinkConfig config;
    private final QuicCodecs codecs;
    private final QuicCounters counters = new QuicCounters();
    private final QuicRouter router;
    private final StreamInitializer streams = new StreamInitializer();
    private final Set<QuicFrameChannel> frameChannels = new LinkedHashSet<>();
    private volatile @Nullable Channel udp;
    private int handshakes;
    private boolean stopping;
    private final Runnable flush = this::flush;
    private boolean flushScheduled;

    QuicSocket(QuicEndpoint endpoint, SocketLoops loops, QuicCodecs codecs, LinkConfig config) {
        this.endpoint = endpoint;
        this.loops = loops;
        loop = loops.group().next();
        timers = loops.timersOf(loop);
        router = new QuicRouter(counters, timers.quicFlush(), endpoint::fail);
        this.codecs = codecs;
        this.config = config;
    }

    /** Called once, before anything else. Not on the loop. */
    void bind(NodeAddress address) {
        loops.awaitClosed(address);
        ChannelFuture bound = new Bootstrap()
                .group(loop)
                .channel(loops.datagramType())
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ChannelHandler accepting = codecs.accepting(new ConnectionInitializer(), streams);
                        channel.pipeline().addLast(router, accepting, codecs.dialling());
                        router.precede(channel.pipeline().context(accepting));
                    }
                })
                .bind(SocketLoops.socketAddress(address))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new LinkException(
                    "cannot listen at udp " + address + ": " + bound.cause().getMessage()
                            + "; choose another port or end what listens there",
                    bound.cause());
        }
        udp = bound.channel();
    }

    /** All connections, in any state. */
    Set<QuicFrameChannel> frameChannels() {
        return frameChannels;
    }

    QuicCounters counters() {
        return counters;
    }

    LinkConfig config() {
        return config;
    }

    EventLoop loop() {
        return loop;
    }

    LoopTimers timers() {
        return timers;
    }

    TlsIdentity identity() {
        return codecs.identity();
    }

    QuicEndpoint endpoint() {
        return endpoint;
    }

    /** Any thread. */
    void dial(PendingDial dial) {
        loop.execute(() -> dialNow(dial));
    }

    private void dialNow(PendingDial dial) {
        Channel channel = udp;
        if (stopping || channel == null || dial.isOver()) return;
        QuicFrameChannel frameChannel = new QuicFrameChannel(this, dial);
        QuicChannel.newBootstrap(channel)
                .handler(frameChannel)
                .streamHandler(streams)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // the frame channel has its own timeout
                .localConnectionAddress(router.newId())
                .remoteAddress(SocketLoops.socketAddress(dial.remote()))
                .connect()
                .addListener(connected -> {
                    if (!connected.isSuccess()) frameChannel.dialFailed();
                });
    }

    /**
     * Stops accepting and dialling; the socket is closed with its last connection. Any thread.
     *
     * @param silently whether to close the socket at once, without a close code to anyone
     */
    void stop(boolean silently) {
        Channel channel = udp;
        if (channel != null) loops.closing(endpoint.localAddress(), channel.closeFuture());
        loop.execute(() -> {
            stopping = true;
            if (silently) {
                mute();
                return;
            }
            List<QuicFrameChannel> all = new ArrayList<>(frameChannels);
            for (QuicFrameChannel frameChannel : all) frameChannel.closeIfInHandshake();
            closeIfDone();
        });
    }

    /** The stream of a frame has been read to its end. */
    void streamEnded(QuicStreamChannel stream) {
        router.closeAfterFlush(stream);
    }

    /**
     * A frame has been written. Flushes after the other tasks of the loop, so that further frames leave in the same flush, with the
     * acknowledgements that would otherwise leave alone.
     */
    void flushLater() {
        if (flushScheduled) return;
        flushScheduled = true;
        loop.execute(flush);
    }

    private void flush() {
        flushScheduled = false;
        router.flush();
    }

    /** Sends nothing from now on, and closes the socket. */
    void mute() {
        router.mute();
        Channel channel = udp;
        if (channel != null) channel.close();
    }

    /** Adds a new connection. Returns whether it may continue. */
    boolean add(QuicFrameChannel frameChannel) {
        frameChannels.add(frameChannel);
        if (frameChannel.dialled()) return !stopping;
        counters.handshakesBegun.incrementAndGet();
        if (!stopping && handshakes < MAX_HANDSHAKES) {
            handshakes++;
            return true;
        }
        counters.handshakesRefused.incrementAndGet();
        return false;
    }

    /** The handshake of an accepted connection has ended. */
    void handshakeOver(boolean successful) {
        handshakes--;
        if (!successful) counters.handshakesFailed.incrementAndGet();
    }

    void remove(QuicFrameChannel frameChannel) {
        frameChannels.remove(frameChannel);
        closeIfDone();
    }

    private void closeIfDone() {
        Channel channel = udp;
        if (stopping && frameChannels.isEmpty() && channel != null) {
            // Not at once: the last connection is still closing, and its last datagram must leave first.
            loop.execute(() -> channel.flush().close());
        }
    }

    /** Adds the frame channel of each accepted connection. */
    @ChannelHandler.Sharable
    private final class ConnectionInitializer extends ChannelInboundHandlerAdapter {
        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            ctx.pipeline().replace(this, null, new QuicFrameChannel(QuicSocket.this, null));
        }
    }

    /** Adds the reader of each stream that the remote end opens. */
    @ChannelHandler.Sharable
    private static final class StreamInitializer extends ChannelInboundHandlerAdapter {
        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            QuicStreamChannel stream = (QuicStreamChannel) ctx.channel();
            QuicFrameChannel frameChannel = stream.parent().pipeline().get(QuicFrameChannel.class);
            ctx.pipeline().replace(this, null, frameChannel.readerOf(stream));
        }
    }
}
