package dev.kilonode.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.control.ClusterProvider;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.ControlPlane;
import dev.kilonode.simulator.run.control.ControlPlaneContract;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import dev.kilonode.simulator.run.control.Messages;
import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.control.WorkerInfo;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The control plane over sockets of this machine, without certificates. */
@Tag("once")
class PekkoControlPlaneTest extends ControlPlaneContract {

    static final ClusterProvider CLUSTER = new PekkoCluster();

    @Override
    protected ControlPlane open() {
        return CLUSTER.listen(new ClusterProvider.Listen("127.0.0.1", 0, certificates()), System.err);
    }

    @Override
    protected CoordinatorLink join(ControlPlane plane, WorkerInfo worker) {
        return CLUSTER.join(to(plane, LONG), worker, System.err);
    }

    @Nullable
    Path certificates() {
        return null;
    }

    private ClusterProvider.Join to(ControlPlane plane, Duration patience) {
        String[] at = plane.address().split(":");
        return new ClusterProvider.Join(at[0], Integer.parseInt(at[1]), null, certificates(), patience);
    }

    @Test
    void itIsFoundAsAService() {
        assertThat(ServiceLoader.load(ClusterProvider.class)).hasSize(1).first().isInstanceOf(PekkoCluster.class);
    }

    @Test
    void whatListensNoMoreHasNoThreadAndNoPort() throws Exception {
        ControlPlane plane = open();
        CoordinatorLink link = join(plane, Messages.WORKER);
        assertThat(next(plane).report()).isInstanceOf(Report.Joined.class);
        int port = Integer.parseInt(plane.address().split(":")[1]);
        assertThat(plane.cost().threads()).isPositive();
        link.close();
        plane.close();
        long untilNanos = System.nanoTime() + LONG.toNanos();
        while (portIsUsed(port) && System.nanoTime() < untilNanos) Thread.onSpinWait();
        assertThat(portIsUsed(port)).isFalse();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith(ControlSystem.NAME + "-"))
                        .filter(thread -> !thread.isDaemon()))
                .isEmpty();
    }

    private static boolean portIsUsed(int port) {
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new java.net.InetSocketAddress("127.0.0.1", port));
            return false;
        } catch (java.io.IOException e) {
            return true;
        }
    }

    @Test
    void costsAreCountedAndNeverFall() throws InterruptedException {
        ControlPlane plane = open();
        CoordinatorLink link = join(plane, Messages.WORKER);
        assertThat(next(plane).report()).isInstanceOf(Report.Joined.class);
        long before = link.cost().sentBytes();
        link.send(Messages.window(0, 10_000));
        assertThat(next(plane).report()).isInstanceOf(Report.Window.class);
        assertThat(link.cost().sentBytes() - before).isBetween(10_000L, 11_000L);
        long cpu = 0;
        for (int i = 0; i < 20; i++) {
            link.send(Messages.progress(i));
            assertThat(next(plane).report()).isInstanceOf(Report.Progress.class);
            long now = link.cost().cpuNanos();
            assertThat(now).isGreaterThanOrEqualTo(cpu);
            cpu = now;
        }
        assertThat(cpu).isPositive();
        plane.close();
        link.close();
    }

    @Test
    void aLostWorkerThatLivesIsHeldBackByNothing() throws InterruptedException {
        ControlPlane plane = open();
        CoordinatorLink link = join(plane, Messages.WORKER);
        assertThat(next(plane).report()).isInstanceOf(Report.Joined.class);
        plane.send(17, new Command.Ping(1)); // none has this number
        for (int i = 0; i < 2 * ControlPlane.MOST_UNTAKEN_COMMANDS; i++) plane.send(0, new Command.Ping(i));
        assertThat(next(plane).report()).isEqualTo(new Report.Lost(ControlPlane.UNTAKEN_COMMANDS));
        for (int i = 0; i < 500; i++) link.send(Messages.progress(i)); // does not wait for ever
        plane.close();
        link.close();
    }

    @Test
    void aReportAboveTheBoundIsAnErrorOfItsSender() {
        ControlPlane plane = open();
        CoordinatorLink link = join(plane, Messages.WORKER);
        assertThatThrownBy(() -> link.send(Messages.window(0, MessageCodec.MOST_BYTES)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("too large")
                .hasMessageContaining("metrics.window");
        link.close();
        plane.close();
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> CLUSTER.listen(
                            new ClusterProvider.Listen("127.0.0.1", taken.getLocalPort(), certificates()), System.err))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("--listen");
        }
    }

    @Test
    void anAddressThatIsNotOfThisMachineIsNamed() {
        assertThatThrownBy(() -> CLUSTER.listen(new ClusterProvider.Listen("192.0.2.1", 0, certificates()), System.err))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("192.0.2.1");
    }

    @Test
    void aCoordinatorThatDoesNotAnswerIsNamed() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        ClusterProvider.Join nobody =
                new ClusterProvider.Join("127.0.0.1", free, null, certificates(), Duration.ofMillis(300));
        assertThatThrownBy(() -> CLUSTER.join(nobody, Messages.WORKER, System.err))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("127.0.0.1:" + free + " does not answer")
                .hasMessageContaining("kilonode run --workers");
    }

    @Test
    void aStrangerThatConnectsHarmsNobody() throws Exception {
        ControlPlane plane = open();
        int port = Integer.parseInt(plane.address().split(":")[1]);
        try (Socket stranger = new Socket("127.0.0.1", port)) {
            stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            CoordinatorLink link = join(plane, Messages.WORKER);
            assertThat(next(plane).report()).isInstanceOf(Report.Joined.class);
            plane.send(0, new Command.Ping(7));
            assertThat(link.poll(LONG)).isEqualTo(new Command.Ping(7));
            link.close();
        }
        plane.close();
    }

    static PrintStream into(List<String> lines) {
        return new PrintStream(System.err, true, StandardCharsets.UTF_8) {
            @Override
            public void println(@Nullable String line) {
                lines.add(String.valueOf(line));
            }
        };
    }
}
