package dev.kilonode.node.link.netty;

import dev.kilonode.node.link.real.LinkConfig;
import dev.kilonode.node.link.real.RealDial;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The UDP socket of one endpoint, with the lines on it. On its event loop, but for what says otherwise. */
@SuppressWarnings("FutureReturnValueIgnored") // of Netty: what fails ends the channel, which tells
final class QuicSocket {

    /** Handshakes that others may have under way here; those beyond it are refused. A real endpoint has such a bound as well. */
    private static final int MAX_HANDSHAKES = 1_000;

    /** Asked for; the operating system may give less. What does not fit is lost, and sent again by QUIC. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private final QuicEndpoint endpoint;
    private final SocketLoops loops;
    private final EventLoop loop;
    private final LoopDelays delays;
    private final LinkConfig config;
    private final QuicCodecs codecs;
    private final QuicCount count = new QuicCount();
    private final QuicRouter router;
    private final StreamInlet streams = new StreamInlet();
    private final Set<QuicLine> lines = new LinkedHashSet<>();
    private volatile @Nullable Channel udp;
    private int handshakes;
    private boolean stopping;
    private final Runnable leave = this::leaveNow;
    private boolean leaving;

    QuicSocket(QuicEndpoint endpoint, SocketLoops loops, QuicCodecs codecs, LinkConfig config) {
        this.endpoint = endpoint;
        this.loops = loops;
        loop = loops.group().next();
        delays = loops.delaysOf(loop);
        router = new QuicRouter(count, delays.answer(), endpoint::fail);
        this.codecs = codecs;
        this.config = config;
    }

    /** Called once, before anything else, and not on the loop. */
    void bind(NodeAddress address) throws IOException {
        loops.awaitClosed(address);
        ChannelFuture bound = new Bootstrap()
                .group(loop)
                .channel(loops.datagramType())
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ChannelHandler accepting = codecs.accepting(new Accepting(), streams);
                        channel.pipeline().addLast(router, accepting, codecs.dialling());
                        router.follow(channel.pipeline().context(accepting));
                    }
                })
                .bind(SocketLoops.socketAddress(address))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen at udp " + address + ": " + bound.cause().getMessage()
                            + "; choose another port or end what listens there",
                    bound.cause());
        }
        udp = bound.channel();
    }

    /** All connections, whatever their state. */
    Set<QuicLine> lines() {
        return lines;
    }

    QuicCount count() {
        return count;
    }

    LinkConfig config() {
        return config;
    }

    EventLoop loop() {
        return loop;
    }

    LoopDelays delays() {
        return delays;
    }

    TlsIdentity identity() {
        return codecs.identity();
    }

    QuicEndpoint endpoint() {
        return endpoint;
    }

    /** Any thread. */
    void dial(RealDial dial) {
        loop.execute(() -> dialNow(dial));
    }

    private void dialNow(RealDial dial) {
        Channel channel = udp;
        if (stopping || channel == null || dial.isOver()) return;
        QuicLine line = new QuicLine(this, dial);
        QuicChannel.newBootstrap(channel)
                .handler(line)
                .streamHandler(streams)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // the line watches the time itself
                .localConnectionAddress(router.newId())
                .remoteAddress(SocketLoops.socketAddress(dial.remote()))
                .connect()
                .addListener(connected -> {
                    if (!connected.isSuccess()) line.dialFailed();
                });
    }

    /**
     * Accepts and dials no more; the socket is closed with its last line. Any thread.
     *
     * @param silently without a word to anyone
     */
    void stop(boolean silently) {
        Channel channel = udp;
        if (channel != null) loops.closing(endpoint.localAddress(), channel.closeFuture());
        loop.execute(() -> {
            stopping = true;
            if (silently) {
                silence();
                return;
            }
            List<QuicLine> all = new ArrayList<>(lines);
            for (QuicLine line : all) line.closeIfNotUp();
            closeIfDone();
        });
    }

    /** A stream of one frame has been read to its end. */
    void ended(QuicStreamChannel stream) {
        router.ended(stream);
    }

    /**
     * A frame has been written: it leaves with the acknowledgements that waited for something to travel with, once the loop has come to the end
     * of its tasks. Other frames among them take theirs along, which would otherwise go before them, alone.
     */
    void leave() {
        if (leaving) return;
        leaving = true;
        loop.execute(leave);
    }

    private void leaveNow() {
        leaving = false;
        router.answer();
    }

    void silence() {
        router.mute();
        Channel channel = udp;
        if (channel != null) channel.close();
    }

    /** @return whether it may go on */
    boolean enter(QuicLine line) {
        lines.add(line);
        if (line.dialled()) return !stopping;
        count.handshakesBegun.incrementAndGet();
        if (!stopping && handshakes < MAX_HANDSHAKES) {
            handshakes++;
            return true;
        }
        count.handshakesRefused.incrementAndGet();
        return false;
    }

    /** An accepted line's handshake has come to its end. */
    void handshakeOver(boolean successful) {
        handshakes--;
        if (!successful) count.handshakesFailed.incrementAndGet();
    }

    void leave(QuicLine line) {
        lines.remove(line);
        closeIfDone();
    }

    private void closeIfDone() {
        Channel channel = udp;
        if (stopping && lines.isEmpty() && channel != null) {
            // Not at once: the last line is in the midst of closing, and its last datagram goes first.
            loop.execute(() -> channel.flush().close());
        }
    }

    /** Gives each accepted connection its line. */
    @ChannelHandler.Sharable
    private final class Accepting extends ChannelInboundHandlerAdapter {
        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            ctx.pipeline().replace(this, null, new QuicLine(QuicSocket.this, null));
        }
    }

    /** Gives each stream that the other end opens its reader. */
    @ChannelHandler.Sharable
    private static final class StreamInlet extends ChannelInboundHandlerAdapter {
        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            QuicStreamChannel stream = (QuicStreamChannel) ctx.channel();
            QuicLine line = stream.parent().pipeline().get(QuicLine.class);
            ctx.pipeline().replace(this, null, line.readerOf(stream));
        }
    }
}
