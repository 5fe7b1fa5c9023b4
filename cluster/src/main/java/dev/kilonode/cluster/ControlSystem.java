package dev.kilonode.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.kilonode.cluster.certificates.CertificateFolder;
import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.control.ControlCost;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;
import org.jspecify.annotations.Nullable;

/** An actor system of the control plane in this process: its settings, its cost, and its end. */
final class ControlSystem {

    /** Also the beginning of the names of all its threads. */
    static final String NAME = "control";

    private static final Duration END = Duration.ofSeconds(5);

    private ControlSystem() {}

    /**
     * Starts a system that listens.
     *
     * @param port 0 for a free one
     * @param certificates null for no encryption, on loopback only
     * @throws ClusterException if the address cannot be used
     */
    static <T> org.apache.pekko.actor.typed.ActorSystem<T> start(
            Behavior<T> guardian,
            String host,
            int port,
            @Nullable CertificateFolder certificates,
            Consumer<String> log) {
        if (certificates == null && !isLoopback(host)) {
            throw new ClusterException("without certificates the control plane listens on loopback addresses only, got "
                    + host + "; make some with kilonode certs init DIR, and write --certs DIR");
        }
        Config config = ConfigFactory.parseMap(Map.of(
                        "pekko.remote.artery.transport", certificates == null ? "tcp" : "tls-tcp",
                        "pekko.remote.artery.canonical.hostname", host,
                        "pekko.remote.artery.canonical.port", port))
                .withFallback(ConfigFactory.parseResources(ControlSystem.class, "control.conf"))
                .withFallback(ConfigFactory.defaultReference(ControlSystem.class.getClassLoader()))
                .resolve();
        ActorSystemSetup setup = ActorSystemSetup.create(
                BootstrapSetup.create(config).withClassloader(ControlSystem.class.getClassLoader()));
        if (certificates != null) {
            setup = setup.withSetup(SSLEngineProviderSetup.create(system -> new CertificateEngines(certificates, log)));
        }
        try {
            return org.apache.pekko.actor.typed.ActorSystem.create(guardian, NAME, setup);
        } catch (RuntimeException e) {
            throw new ClusterException(
                    "cannot listen at " + host + ":" + port + ": " + reason(e)
                            + "; another process has this port, or this machine has no such address: write another --listen or"
                            + " --bind",
                    e);
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) cause = cause.getCause();
        return String.valueOf(cause.getMessage());
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Waits for the end of a system that has been told to end. */
    static void awaitEnd(org.apache.pekko.actor.typed.ActorSystem<?> system) {
        try {
            Object ignored =
                    system.getWhenTerminated().toCompletableFuture().get(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // its threads are daemons
        }
    }

    static ControlCost cost(MessageCodec codec) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        int count = 0;
        long nanos = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.getName().startsWith(NAME + "-")) continue;
            count++;
            nanos += Math.max(0, threads.getThreadCpuTime(thread.getId()));
        }
        return new ControlCost(codec.sentBytes(), codec.receivedBytes(), count, nanos);
    }

    /** The classic system, for libraries that need one. */
    static ActorSystem classic(org.apache.pekko.actor.typed.ActorSystem<?> system) {
        return system.classicSystem();
    }
}
