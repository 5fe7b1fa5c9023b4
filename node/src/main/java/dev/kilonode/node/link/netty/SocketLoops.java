package dev.kilonode.node.link.netty;

import dev.kilonode.node.wire.NodeAddress;
import io.netty.channel.ChannelFuture;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The threads that sockets share: epoll's where there is epoll, the JDK's selectors elsewhere. Any thread. */
public final class SocketLoops implements AutoCloseable {

    static final long LONGEST_CLOSE_SECONDS = 10;

    /**
     * Sockets that a thread looks at before it writes what the nodes have to send. On a busy machine what has been read is then soon answered, by
     * a frame that takes its acknowledgement along, and what has to wait does so unread.
     */
    private static final int SOCKETS_AT_A_TIME = 2;

    private final EventLoopGroup group;
    private final List<Thread> started = new CopyOnWriteArrayList<>();
    private final boolean epoll = Epoll.isAvailable();

    private final Map<EventExecutor, LoopDelays> delays = new ConcurrentHashMap<>();

    /** Listening sockets that are being closed; whoever wants their address has to wait. */
    private final Map<NodeAddress, ChannelFuture> closing = new ConcurrentHashMap<>();

    /** @param threads 1 or more; two nodes' ends of one connection may share one */
    public SocketLoops(int threads) {
        ThreadFactory named = new DefaultThreadFactory("kilonode-sockets", true);
        ThreadFactory remembered = task -> {
            Thread thread = named.newThread(task);
            started.add(thread);
            return thread;
        };
        group = new MultiThreadIoEventLoopGroup(threads, remembered, handlers());
    }

    /** @param driven a loop whose owner closes it */
    SocketLoops(EventLoop driven) {
        group = driven;
    }

    static IoHandlerFactory handlers() {
        return Epoll.isAvailable()
                ? EpollIoHandler.newFactory(SOCKETS_AT_A_TIME, DefaultSelectStrategyFactory.INSTANCE)
                : NioIoHandler.newFactory();
    }

    EventLoopGroup group() {
        return group;
    }

    /** @param loop one of these */
    LoopDelays delaysOf(EventExecutor loop) {
        return delays.computeIfAbsent(loop, LoopDelays::of);
    }

    boolean usesEpoll() {
        return epoll;
    }

    Class<? extends ServerSocketChannel> serverType() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    Class<? extends SocketChannel> socketType() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    Class<? extends DatagramChannel> datagramType() {
        return epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }

    /** A socket that listened at {@code address} is being closed. */
    void closing(NodeAddress address, ChannelFuture closed) {
        closing.put(address, closed);
        closed.addListener(done -> closing.remove(address, closed));
    }

    /** Waits for the end of the socket that listened at {@code address} last. Not on an event loop. */
    void awaitClosed(NodeAddress address) {
        ChannelFuture last = closing.get(address);
        if (last != null) last.awaitUninterruptibly(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    /** Closes what sockets are left, ends the threads, and waits until they have ended. */
    @Override
    public void close() {
        group.shutdownGracefully(0, LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
        try {
            for (Thread thread : started) thread.join(TimeUnit.SECONDS.toMillis(LONGEST_CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param port 0 for any */
    static InetSocketAddress socketAddress(int ip, int port) {
        byte[] bytes = {(byte) (ip >>> 24), (byte) (ip >>> 16), (byte) (ip >>> 8), (byte) ip};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    static InetSocketAddress socketAddress(NodeAddress address) {
        return socketAddress(address.ip(), address.port());
    }

    /** @return null if it is no IPv4 address */
    static @Nullable NodeAddress nodeAddress(InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        if (bytes.length != 4) return null;
        int ip = (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        return new NodeAddress(ip, address.getPort());
    }
}
