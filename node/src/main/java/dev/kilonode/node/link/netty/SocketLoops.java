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

/** The event loops that drive sockets: on epoll where it is available, otherwise on the JDK's selectors. Any thread. */
public final class SocketLoops implements AutoCloseable {

    static final long LONGEST_CLOSE_SECONDS = 10;

    /**
     * Sockets that a loop reads before it writes what the nodes send. With a small number, a busy machine answers soon what it has read, in
     * a frame that carries the acknowledgement; what has to wait stays unread.
     */
    private static final int SOCKETS_AT_A_TIME = 2;

    private final EventLoopGroup group;
    private final List<Thread> started = new CopyOnWriteArrayList<>();
    private final boolean epoll = Epoll.isAvailable();

    private final Map<EventExecutor, LoopTimers> timers = new ConcurrentHashMap<>();

    /** Listening sockets that are being closed; a new endpoint at their address must wait. */
    private final Map<NodeAddress, ChannelFuture> closing = new ConcurrentHashMap<>();

    /** @param threads 1 or more; both ends of a connection may be on one thread */
    public SocketLoops(int threads) {
        ThreadFactory named = new DefaultThreadFactory("kilonode-sockets", true);
        ThreadFactory remembered = task -> {
            Thread thread = named.newThread(task);
            started.add(thread);
            return thread;
        };
        group = new MultiThreadIoEventLoopGroup(threads, remembered, handlers());
    }

    /** @param loop a loop that its owner closes */
    SocketLoops(EventLoop loop) {
        group = loop;
    }

    static IoHandlerFactory handlers() {
        return Epoll.isAvailable()
                ? EpollIoHandler.newFactory(SOCKETS_AT_A_TIME, DefaultSelectStrategyFactory.INSTANCE)
                : NioIoHandler.newFactory();
    }

    public EventLoopGroup group() {
        return group;
    }

    /** @param loop one of the group */
    public LoopTimers timersOf(EventExecutor loop) {
        return timers.computeIfAbsent(loop, LoopTimers::of);
    }

    public boolean usesEpoll() {
        return epoll;
    }

    public Class<? extends ServerSocketChannel> serverType() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    public Class<? extends SocketChannel> socketType() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    public Class<? extends DatagramChannel> datagramType() {
        return epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }

    /** Registers the close of a socket that listened at {@code address}. */
    public void closing(NodeAddress address, ChannelFuture closed) {
        closing.put(address, closed);
        closed.addListener(done -> closing.remove(address, closed));
    }

    /** Waits until the last socket that listened at {@code address} is closed. Not on an event loop. */
    public void awaitClosed(NodeAddress address) {
        ChannelFuture last = closing.get(address);
        if (last != null) last.awaitUninterruptibly(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    /** Closes the remaining sockets, ends the threads and waits for them. */
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
    public static InetSocketAddress socketAddress(int ip, int port) {
        byte[] bytes = {(byte) (ip >>> 24), (byte) (ip >>> 16), (byte) (ip >>> 8), (byte) ip};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    public static InetSocketAddress socketAddress(NodeAddress address) {
        return socketAddress(address.ip(), address.port());
    }

    /** @return null if it is not an IPv4 address */
    public static @Nullable NodeAddress nodeAddress(InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        if (bytes.length != 4) return null;
        int ip = (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        return new NodeAddress(ip, address.getPort());
    }
}
