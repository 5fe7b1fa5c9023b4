package dev.kilonode.node.store;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.transport.MessageHandler;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.wire.ChunkMessage.GetReply;
import dev.kilonode.node.wire.ChunkMessage.GetRequest;
import dev.kilonode.node.wire.ChunkMessage.PutReply;
import dev.kilonode.node.wire.ChunkMessage.PutRequest;
import dev.kilonode.node.wire.ChunkMessage.QuoteReply;
import dev.kilonode.node.wire.ChunkMessage.QuoteRequest;
import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.Topic;

/** Answers clients' requests about chunks: quote, put, get. The transport bounds how many it handles at once. */
public final class StoreService implements MessageHandler {

    /** Price of a chunk in an empty store, in an arbitrary unit; a full store asks twice as much. */
    static final long BASE_PRICE = 1_000;

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final ChunkStore store;
    private final StoredListener listener;

    private long quotes;
    private long puts;
    private long gets;

    public StoreService(NodeRuntime runtime, Messenger messenger, ChunkStore store, StoredListener listener) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.store = store;
        this.listener = listener;
        messenger.subscribe(Topic.CHUNK, this);
    }

    @Override
    public void handle(PeerId from, Message message, Runnable done) {
        if (message instanceof PutRequest put) {
            puts++;
            store.offer(runtime, put.chunk(), admission -> answer(from, put, admission, done));
            return;
        }
        if (message instanceof QuoteRequest quote) {
            quotes++;
            long price = (long) (BASE_PRICE * (1 + store.fillRatio()));
            messenger.send(from, new QuoteReply(quote.requestId(), quote.chunk(), price), null);
        } else if (message instanceof GetRequest get) {
            gets++;
            store.get(runtime, get.chunk(), chunk -> {
                messenger.send(from, new GetReply(get.requestId(), chunk), null);
                done.run();
            });
            return;
        }
        done.run();
    }

    private void answer(PeerId from, PutRequest put, ChunkStore.Admission admission, Runnable done) {
        messenger.send(from, new PutReply(put.requestId(), admission.holds()), null);
        if (admission == ChunkStore.Admission.STORED) listener.chunkStored(put.chunk());
        done.run();
    }

    /** Number of quotes requested. */
    public long quotes() {
        return quotes;
    }

    /** Number of chunks put by clients. */
    public long puts() {
        return puts;
    }

    /** Number of chunks requested. */
    public long gets() {
        return gets;
    }
}
