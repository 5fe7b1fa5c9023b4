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
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The UDP socket of one endpoint, with the lines on it. On its event loop, but for what says otherwise. */
@SuppressWarnings("FutureReturnValueIgnored") // of Netty: what fails ends the channel, which tells
final class QuicSocket {

    /** Handshakes that others may have under way here; those beyond it are refused. A real endpoint has such a bound as well. */
    private static final int MAX_HANDSHAKES = 1_000;

    /** Asked for; the operating system may give less. What does not fit is lost, and sent again by QUIC. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private final QuicEndpoint endpoint;
    private final EventLoop loop;
    private final LinkConfig config;
    private final QuicCodecs codecs;
    private final QuicCount count = new QuicCount();
    private final QuicRouter router = new QuicRouter(count);
    private final StreamInlet streams = new StreamInlet();
    private final Set<QuicLine> lines = new LinkedHashSet<>();
    private final CompletableFuture<@Nullable Void> released = new CompletableFuture<>();
    private volatile @Nullable Channel udp;
    private int handshakes;
    private boolean stopping;

    QuicSocket(QuicEndpoint endpoint, EventLoop loop, QuicCodecs codecs, LinkConfig config) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.codecs = codecs;
        this.config = config;
    }

    /** Called once, before anything else, and not on the loop. */
    void bind(NodeAddress address) throws IOException {
        boolean epoll = loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class);
        Class<? extends DatagramChannel> type = epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
        ChannelFuture bound = new Bootstrap()
                .group(loop)
                .channel(type)
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
                .bind(socketAddress(address))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen at udp " + address + ": " + bound.cause().getMessage()
                            + "; choose another port or end what listens there",
                    bound.cause());
        }
        udp = bound.channel();
        bound.channel().closeFuture().addListener(closed -> released.complete(null));
    }

    QuicCount count() {
        return count;
    }

    CompletionStage<@Nullable Void> released() {
        return released;
    }

    LinkConfig config() {
        return config;
    }

    EventLoop loop() {
        return loop;
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
                .remoteAddress(socketAddress(dial.remote()))
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

    private static InetSocketAddress socketAddress(NodeAddress address) {
        int ip = address.ip();
        byte[] bytes = {(byte) (ip >>> 24), (byte) (ip >>> 16), (byte) (ip >>> 8), (byte) ip};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), address.port());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
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
