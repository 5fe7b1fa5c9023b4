package dev.kilonode.node.link.tcp;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.base.AckPolicy;
import dev.kilonode.node.link.base.BaseConnection;
import dev.kilonode.node.link.base.ProtocolException;
import dev.kilonode.node.wire.EnvelopeCodec;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** The records of an established connection: frames, acknowledgements, keep-alives and the close. On the event loop. */
final class TcpFrameHandler extends RecordHandler {

    private final TcpFrameChannel frameChannel;
    private final Channel channel;
    private final BaseConnection connection;
    private final FrameWriter writer;
    private final AckBatcher acks;
    private final FrameAssembler assembler;

    TcpFrameHandler(
            TcpFrameChannel frameChannel,
            Channel channel,
            BaseConnection connection,
            FrameWriter writer,
            AckBatcher acks,
            long maxFrameBytes) {
        super(frameChannel);
        this.frameChannel = frameChannel;
        this.channel = channel;
        this.connection = connection;
        this.writer = writer;
        this.acks = acks;
        assembler = new FrameAssembler(maxFrameBytes);
    }

    @Override
    void read(byte type, ByteBuf body) throws ProtocolException {
        switch (type) {
            case TcpRecord.FRAME -> {
                int number = body.readInt();
                AckPolicy policy = AckPolicy.of(body.readByte());
                if (policy == null) throw new ProtocolException("unknown acknowledgement policy");
                received(assembler.whole(body));
                acks.add(number, policy);
            }
            case TcpRecord.START -> assembler.start(body.readInt(), body);
            case TcpRecord.PART -> {
                int number = body.readInt();
                connection.recordActivity();
                byte @Nullable [] bytes = assembler.part(number, body);
                if (bytes == null) return;
                received(bytes);
                acks.add(number, AckPolicy.PROMPT);
            }
            case TcpRecord.ACK -> {
                connection.recordActivity();
                while (body.isReadable()) writer.acknowledged(body.readInt());
            }
            case TcpRecord.PING -> connection.recordActivity();
            case TcpRecord.CLOSE -> frameChannel.closedByRemote(closeCode(body));
            default -> throw new ProtocolException("record of type " + type);
        }
    }

    private void received(byte[] bytes) {
        if (!connection.received(Frame.ofBytes(bytes, EnvelopeCodec.peekKind(bytes)))) {
            channel.config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        acks.readComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        writer.pump();
    }

    /** Releases incomplete frames. */
    void close() {
        assembler.close();
    }
}
