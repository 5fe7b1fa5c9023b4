package dev.kilonode.node.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;

/** Reads what {@link QuicRemarks} writes at the other end. On the event loop. */
final class QuicRemarksReader extends ChannelInboundHandlerAdapter {

    private final QuicLine line;
    private long partial;
    private int partialBytes;
    private boolean greeted;

    QuicRemarksReader(QuicLine line) {
        this.line = line;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf in = (ByteBuf) msg;
        try {
            while (in.isReadable()) {
                partial = partial << Byte.SIZE | in.readUnsignedByte();
                partialBytes++;
                if (partialBytes == (greeted ? Integer.BYTES : Long.BYTES)) remark();
            }
        } finally {
            in.release();
        }
    }

    private void remark() {
        long said = partial;
        partial = 0;
        partialBytes = 0;
        if (!greeted) {
            greeted = true;
            line.greeted(said);
        } else if (said == QuicRemarks.PING) {
            line.heard();
        } else {
            line.acknowledged(said);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        // It lasts as long as the connection does.
        if (event == ChannelInputShutdownReadComplete.INSTANCE) line.protocolError();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        line.protocolError();
    }
}
