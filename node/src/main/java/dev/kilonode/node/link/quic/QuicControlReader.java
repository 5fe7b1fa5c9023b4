package dev.kilonode.node.link.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import org.jspecify.annotations.Nullable;

/** Reads the control stream of the remote end, see {@link QuicControlStream}. On the event loop. */
final class QuicControlReader extends ChannelInboundHandlerAdapter {

    private final QuicFrameChannel frameChannel;

    /** Null after it has been read. */
    private byte @Nullable [] handshake;

    private int handshakeBytes;
    private int partial;
    private int partialBytes;

    /** @param bindingBytes length of the remote end's identity binding */
    QuicControlReader(QuicFrameChannel frameChannel, int bindingBytes) {
        this.frameChannel = frameChannel;
        handshake = new byte[Long.BYTES + bindingBytes];
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf in = (ByteBuf) msg;
        try {
            byte[] unfinished = handshake;
            if (unfinished != null) readHandshake(unfinished, in);
            while (in.isReadable()) {
                partial = partial << Byte.SIZE | in.readUnsignedByte();
                if (++partialBytes == Integer.BYTES) controlWord();
            }
        } finally {
            in.release();
        }
    }

    private void readHandshake(byte[] unfinished, ByteBuf in) {
        int part = Math.min(in.readableBytes(), unfinished.length - handshakeBytes);
        in.readBytes(unfinished, handshakeBytes, part);
        handshakeBytes += part;
        if (handshakeBytes < unfinished.length) return;
        handshake = null;
        frameChannel.handshakeRead(unfinished);
    }

    private void controlWord() {
        int value = partial;
        partial = 0;
        partialBytes = 0;
        frameChannel.controlWord(value);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        // It must stay open as long as the connection.
        if (event == ChannelInputShutdownReadComplete.INSTANCE) frameChannel.protocolError();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        frameChannel.failIfFatal(cause);
        frameChannel.protocolError();
    }
}
