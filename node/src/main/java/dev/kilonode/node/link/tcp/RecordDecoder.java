package dev.kilonode.node.link.tcp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;

/** Splits the bytes of a connection into records, without their length fields. */
final class RecordDecoder extends LengthFieldBasedFrameDecoder {

    /** @param maxRecordBytes the largest valid value of the length field */
    RecordDecoder(int maxRecordBytes) {
        super(TcpRecord.LENGTH_BYTES + maxRecordBytes, 0, TcpRecord.LENGTH_BYTES, 0, TcpRecord.LENGTH_BYTES);
    }

    /** Unlike the super class, does not request another read when no record was complete: reading may be paused. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        discardSomeReadBytes();
        context.fireChannelReadComplete();
    }
}
