package dev.kilonode.node.store.disk;

import dev.kilonode.node.wire.Chunk;
import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Serialises the content of a chunk as its length and its bytes. An impossible length fails before memory is allocated for it. */
final class ContentType extends BasicDataType<byte[]> {

    private static final int OBJECT_BYTES = 24;

    @Override
    public int getMemory(byte[] content) {
        return OBJECT_BYTES + content.length;
    }

    @Override
    public void write(WriteBuffer out, byte[] content) {
        out.putVarInt(content.length).put(content);
    }

    @Override
    public byte[] read(ByteBuffer in) {
        int length = DataUtils.readVarInt(in);
        if (length < 0 || length > Math.min(Chunk.MAX_BYTES, in.remaining())) {
            throw DataUtils.newMVStoreException(
                    DataUtils.ERROR_FILE_CORRUPT,
                    "got a chunk of {0} bytes, expected at most {1}",
                    length,
                    in.remaining());
        }
        byte[] content = new byte[length];
        in.get(content);
        return content;
    }

    @Override
    public byte[][] createStorage(int size) {
        return new byte[size][];
    }
}
