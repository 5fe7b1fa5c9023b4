package dev.kilonode.node.link.tcp;

import dev.kilonode.node.link.base.CloseCode;
import dev.kilonode.node.link.base.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Takes the records of a connection, one at a time, until the connection has ended; later ones are discarded. */
abstract class RecordHandler extends ChannelInboundHandlerAdapter {

    private final TcpFrameChannel frameChannel;

    RecordHandler(TcpFrameChannel frameChannel) {
        this.frameChannel = frameChannel;
    }

    /** @param body of the record; reading beyond its end is a protocol error */
    abstract void read(byte type, ByteBuf body) throws ProtocolException;

    @Override
    public final void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf record = (ByteBuf) message;
        try {
            if (!frameChannel.isOver()) read(record.readByte(), record);
        } catch (ProtocolException | IndexOutOfBoundsException e) {
            frameChannel.protocolError();
        } finally {
            record.release();
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext context) {
        frameChannel.channelInactive();
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        frameChannel.failed(cause);
    }

    static CloseCode closeCode(ByteBuf body) throws ProtocolException {
        int ordinal = body.readByte();
        CloseCode[] known = CloseCode.values();
        if (ordinal < 0 || ordinal >= known.length) throw new ProtocolException("unknown close code");
        return known[ordinal];
    }
}
