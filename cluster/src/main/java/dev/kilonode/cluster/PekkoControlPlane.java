package dev.kilonode.cluster;

import dev.kilonode.cluster.certificates.CertificateFolder;
import dev.kilonode.simulator.run.control.ClusterProvider;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.ControlCost;
import dev.kilonode.simulator.run.control.ControlPlane;
import dev.kilonode.simulator.run.control.Report;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.jspecify.annotations.Nullable;

/** The coordinator: the first and oldest member of its cluster, so that whoever loses it leaves. */
final class PekkoControlPlane implements ControlPlane {

    private final MessageCodec codec = new MessageCodec();
    private final BlockingQueue<FromWorker> reports =
            new LinkedBlockingQueue<>(); // workers bound it, see CoordinatorActor
    private final ActorSystem<Object> system;
    private final String address;
    private volatile boolean closed;

    /** @param log receives a line for each process that is refused */
    PekkoControlPlane(ClusterProvider.Listen at, Consumer<String> log) {
        CertificateFolder certificates = Certificates.of(at.certificates(), at.host());
        system = ControlSystem.start(CoordinatorActor.create(reports, codec), at.host(), at.port(), certificates, log);
        Address self = Cluster.get(system).selfMember().address();
        address = self.host().get() + ":" + self.port().get();
        Cluster.get(system).manager().tell(Join.create(self));
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void send(int worker, Command command) {
        ControlMessage.Commanded encoded =
                new ControlMessage.Commanded(MessageCodec.kind(command), codec.encode(command));
        system.tell(new CoordinatorActor.Send(worker, encoded, command.releases()));
    }

    @Override
    public @Nullable FromWorker poll(Duration atMost) throws InterruptedException {
        if (closed) return null;
        FromWorker next = reports.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        boolean counts =
                next != null && !(next.report() instanceof Report.Joined) && !(next.report() instanceof Report.Lost);
        if (next != null && counts) system.tell(new CoordinatorActor.Taken(next.worker()));
        return next;
    }

    @Override
    public ControlCost cost() {
        return ControlSystem.cost(codec);
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        system.tell(new CoordinatorActor.Leave());
        ControlSystem.awaitEnd(system);
        reports.clear();
    }
}
