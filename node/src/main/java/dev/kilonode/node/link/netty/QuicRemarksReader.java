package dev.kilonode.node.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import org.jspecify.annotations.Nullable;

/** Reads what {@link QuicRemarks} writes at the other end. On the event loop. */
final class QuicRemarksReader extends ChannelInboundHandlerAdapter {

    private final QuicLine line;

    /** Null once it has been passed on. */
    private byte @Nullable [] greeting;

    private int greetingBytes;
    private int partial;
    private int partialBytes;

    /** @param appointmentBytes how long the other end's appointment is */
    QuicRemarksReader(QuicLine line, int appointmentBytes) {
        this.line = line;
        greeting = new byte[Long.BYTES + appointmentBytes];
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf in = (ByteBuf) msg;
        try {
            byte[] unfinished = greeting;
            if (unfinished != null) greet(unfinished, in);
            while (in.isReadable()) {
                partial = partial << Byte.SIZE | in.readUnsignedByte();
                if (++partialBytes == Integer.BYTES) remark();
            }
        } finally {
            in.release();
        }
    }

    private void greet(byte[] unfinished, ByteBuf in) {
        int part = Math.min(in.readableBytes(), unfinished.length - greetingBytes);
        in.readBytes(unfinished, greetingBytes, part);
        greetingBytes += part;
        if (greetingBytes < unfinished.length) return;
        greeting = null;
        line.greeted(unfinished);
    }

    private void remark() {
        int said = partial;
        partial = 0;
        partialBytes = 0;
        line.remarked(said);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        // It lasts as long as the connection does.
        if (event == ChannelInputShutdownReadComplete.INSTANCE) line.protocolError();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        line.failIfFatal(cause);
        line.protocolError();
    }
}
