package dev.kilonode.cluster;

import dev.kilonode.cluster.certificates.CertificateFolder;
import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.control.ClusterProvider;
import dev.kilonode.simulator.run.control.ControlPlane;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import dev.kilonode.simulator.run.control.WorkerInfo;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;

/** The control plane on Apache Pekko Cluster. */
public final class PekkoCluster implements ClusterProvider {

    /** Found by {@link java.util.ServiceLoader}. */
    public PekkoCluster() {}

    @Override
    public ControlPlane listen(Listen at, PrintStream log) {
        return new PekkoControlPlane(at, lines(log));
    }

    private static Consumer<String> lines(PrintStream log) {
        return line -> log.println("control plane: " + line);
    }

    @Override
    public CoordinatorLink join(Join to, WorkerInfo worker, PrintStream log) {
        long untilNanos = System.nanoTime() + to.patience().toNanos();
        String own = JoinProbe.reach(to, untilNanos, lines(log));
        CertificateFolder certificates = Certificates.of(to.certificates(), own);
        Address coordinator = new Address("pekko", ControlSystem.NAME, to.host(), to.port());
        MessageCodec codec = new MessageCodec();
        PekkoWorkerLink link = new PekkoWorkerLink(codec);
        CountDownLatch welcome = new CountDownLatch(1);
        ActorSystem<Object> system = ControlSystem.start(
                WorkerActor.create(coordinator + "/user", worker.at(own), codec, link.listener(), welcome),
                own,
                0,
                certificates,
                lines(log));
        link.carriedBy(system);
        Cluster.get(system).manager().tell(new JoinSeedNodes(List.of(coordinator)));
        try {
            if (welcome.await(Math.max(1, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS)) return link;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        link.close();
        throw new ClusterException("the coordinator at " + to.host() + ":" + to.port()
                + " answers, but did not take this" + " worker within "
                + to.patience().toSeconds() + " s; "
                + (to.certificates() == null
                        ? "its run may have all its workers, or the machine is busy: write a longer --wait; if it was started with"
                                + " --certs, this worker needs --certs, too"
                        : "its log says why, if it refused the certificate"));
    }
}
