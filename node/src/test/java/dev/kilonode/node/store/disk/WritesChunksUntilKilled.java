package dev.kilonode.node.store.disk;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.store.ChunkCheck;
import dev.kilonode.node.store.Datastore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.SplittableRandom;

/**
 * A process that writes chunks from two threads until it is killed, and reports them: {@code + ADDRESS} once one is stored, {@code -
 * ADDRESS} before one is deleted. A third of them are deleted, so that room is reused.
 */
final class WritesChunksUntilKilled {

    static final PeerId NODE = new PeerId(1, 2, 3, 4);
    private static final int LONGEST = 60_000;
    private static final int HELD = 40;

    private WritesChunksUntilKilled() {}

    @SuppressWarnings("SystemOut") // the test reads the output
    public static void main(String[] args) throws IOException {
        Datastore chunks = new ChunkFile(Path.of(args[0]), false).of(NODE);
        long seed = Long.parseLong(args[1]);
        new Thread(() -> write(chunks, seed)).start();
        write(chunks, seed + 1);
    }

    private static void write(Datastore chunks, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ArrayDeque<PeerId> held = new ArrayDeque<>();
        try {
            while (true) {
                byte[] content = new byte[1 + random.nextInt(LONGEST)];
                random.nextBytes(content);
                PeerId address = ChunkCheck.addressOf(content);
                chunks.put(address, content);
                System.out.println("+ " + address);
                held.add(address);
                if (held.size() <= HELD) continue;
                for (int i = 0; i < HELD / 3; i++) {
                    PeerId gone = held.remove();
                    System.out.println("- " + gone);
                    chunks.delete(gone);
                }
            }
        } catch (IOException e) {
            System.out.println("failed: " + e);
        }
    }
}
