package dev.kilonode.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Over Netty as in the design's first prototype: a length before each message, and no acknowledgements, bounds or node's thread.
 * A reply is read on its connection's event loop, and that loop hands the next request to the one of the connection it has drawn.
 */
abstract class BarePingPong extends PingPong {

    static final boolean EPOLL = Epoll.isAvailable();
    static final IoHandlerFactory SOCKETS = EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();

    private static final ByteBuf REPLY = Unpooled.unreleasableBuffer(message(Unpooled.directBuffer(4 + REQUEST_BYTES)));

    final EventLoopGroup group;
    private final Channel[] dialled;
    private final AtomicInteger up = new AtomicInteger();

    BarePingPong(int nodes, int degree, IoHandlerFactory io) {
        super(nodes, degree);
        dialled = new Channel[nodes * degree];
        group = new MultiThreadIoEventLoopGroup(LOOPS, io);
    }

    private static ByteBuf message(ByteBuf empty) {
        return empty.writeInt(REQUEST_BYTES).writeZero(REQUEST_BYTES);
    }

    /** What reads messages, at the end of a pipeline. */
    final ChannelHandler[] reading(boolean dialling) {
        return new ChannelHandler[] {new LengthFieldBasedFrameDecoder(1 << 20, 0, 4, 0, 4), new Reader(dialling)};
    }

    private final class Reader extends SimpleChannelInboundHandler<ByteBuf> {
        private final boolean dialling;

        Reader(boolean dialling) {
            this.dialling = dialling;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            if (dialling) {
                replies.increment();
                ask();
            } else {
                send(context.channel(), REPLY.duplicate());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failed(context.channel() + ": " + cause);
        }
    }

    /** Requests may be sent on {@code channel}. */
    final void connected(Channel channel) {
        dialled[up.getAndIncrement()] = channel;
        connected();
    }

    @Override
    final void ask() {
        Channel channel = dialled[ThreadLocalRandom.current().nextInt(dialled.length)];
        send(channel, message(channel.alloc().directBuffer(4 + REQUEST_BYTES)));
    }

    /** Any thread: Netty hands the message to the channel's event loop. */
    void send(Channel channel, ByteBuf message) {
        var unused = channel.writeAndFlush(message, channel.voidPromise());
    }

    static InetSocketAddress socketAddress(int node, int port) {
        int ip = ip(node);
        byte[] bytes = {(byte) (ip >>> 24), (byte) (ip >>> 16), (byte) (ip >>> 8), (byte) ip};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
