package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.ClientNode;
import dev.kilonode.node.transport.MessageSigner;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.node.upload.FileChunker;
import dev.kilonode.node.upload.UploadConfig;
import dev.kilonode.node.upload.UploadListener;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import dev.kilonode.simulator.run.invariants.RunningUploads;
import dev.kilonode.simulator.run.plan.RunPlan;
import dev.kilonode.simulator.run.workload.ClientSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Clients: one host for each uploader, and a new client on it for each upload. */
final class UploadClients implements ClientSource, RunningUploads {

    private final NodeFleet testnet;
    private final RunPlan plan;
    private final OwnedHosts hosts;
    private final UploadConfig config;
    private final Identities identities;
    private final List<NodeRecorder> recorders;
    private final Map<Long, Transport> running = new LinkedHashMap<>();

    /** @param recorders one for each thread that runs clients */
    UploadClients(
            NodeFleet testnet,
            RunPlan plan,
            OwnedHosts hosts,
            UploadConfig config,
            Identities identities,
            List<NodeRecorder> recorders) {
        this.testnet = testnet;
        this.plan = plan;
        this.hosts = hosts;
        this.config = config;
        this.identities = identities;
        this.recorders = recorders;
    }

    @Override
    public Client upload(int uploader, long upload, Listener listener) {
        String name = "client-" + upload;
        MessageSigner signer = identities.named(name);
        Host host =
                Objects.requireNonNull(hosts.at(plan.uploaders().get(uploader).host()));
        NodeHandle place = host.addNode(Identities.spec(name, signer, true));
        NodeRecorder recorder = recorders.get(host.loop());
        ClientNode client =
                new ClientNode(place.runtime(), place.endpoint(), signer, testnet.config(), config, recorder);
        running.put(upload, client.transport());
        List<Chunk> chunks = file(place.runtime().random());
        UploadListener ended = result -> {
            long atNanos = place.runtime().nowNanos();
            host.tell(() -> listener.uploadEnded(result, atNanos));
        };
        client.start(testnet.bootstraps(), () -> client.uploader().upload(chunks, ended));
        return new Client() {
            @Override
            public int chunks() {
                return chunks.size();
            }

            @Override
            public void stop(boolean abrupt) {
                running.remove(upload);
                client.stop(abrupt);
            }
        };
    }

    @Override
    public void forEach(RunningUploads.Visitor visitor) {
        running.forEach(visitor::upload);
    }

    /** Content for real chunks: a node that decodes a chunk verifies its hash and would refuse a chunk without content. */
    private List<Chunk> file(RandomGenerator random) {
        FileChunker cutter = new FileChunker(config.chunkSize().count());
        long bytes = config.fileSize().count();
        if (!identities.real()) return cutter.chunks(bytes, random);
        byte[] content = new byte[Math.toIntExact(bytes)];
        random.nextBytes(content);
        return cutter.chunks(content);
    }
}
