package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.cluster.namespaces.NamespaceHost;
import dev.kilonode.cluster.namespaces.NetworkNamespaces;
import dev.kilonode.reports.model.VerdictPolicy;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.MetricSeries;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.WorkerRow;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One coordinator and three workers, each on a host of its own: network namespaces of this machine. */
@Tag("once")
@EnabledOnOs(OS.LINUX)
class SeveralHostsTest {

    /** In which the loss of a worker is noticed, and in which a worker without a coordinator has ended. */
    private static final Duration NOTICED = Duration.ofSeconds(30);

    private static final int WORKERS = 3;
    private static final String PORT = "25520";
    private static final int MEGABITS = 20;

    /** Windows of 1 s, in which a loss that draws in the others would have come. */
    private static final int LATER_WINDOWS = 10;

    @TempDir
    Path folder;

    private NetworkNamespaces net;
    private SmallNetwork network;
    private Path certificates;
    private final List<Program> programs = new ArrayList<>();

    @BeforeEach
    void build() {
        net = NetworkNamespaces.create(1 + WORKERS);
        network = new SmallNetwork(folder);
        certificates = authority("certs");
        for (int i = 1; i <= WORKERS; i++) {
            net.give(net.host(i), block(i));
            certificate(certificates, i);
        }
    }

    @AfterEach
    void remove() {
        programs.forEach(Program::close);
        if (net != null) net.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls", "quic"})
    void threeHostsMakeOneRun(String link) throws Exception {
        net.limit(net.host(2), MEGABITS);
        Program run = run(WORKERS, "wall.link=" + link);
        List<Program> workers = workers();
        int exit = run.awaitExit(Program.BOUND);
        RunData data = network.data();
        SmallNetwork.assertPassed(data, exit, run.said());
        assertThat(data.manifest().workers())
                .extracting(WorkerRow::addresses)
                .containsExactly(block(1), block(2), block(3));
        assertThat(data.manifest().workers()).extracting(WorkerRow::nodes).containsOnly(SmallNetwork.NODES / WORKERS);
        MetricSeries up = Objects.requireNonNull(data.series("node.up", "", "max"));
        assertThat(up.value(up.size() - 1)).isEqualTo(SmallNetwork.NODES);
        double sent = SmallNetwork.values(data, "link.frames.sent", "", "count").sum();
        double across =
                SmallNetwork.values(data, "link.frames.across", "", "count").sum();
        assertThat(across / sent).as("the share of frames across").isGreaterThanOrEqualTo(0.8 * (1 - 1.0 / WORKERS));
        for (Program worker : workers) {
            assertThat(worker.awaitExit(NOTICED)).as(worker.said()).isZero();
            assertThat(worker.lastLine())
                    .isEqualTo("kilonode: PASS (exit 0): the run is over; the coordinator has its verdict");
        }
        assertThat(network.left()).isEmpty();
    }

    /** The network is cut between the coordinator and one worker only; another is stopped; the third goes on, until it is killed. */
    @Test
    void lossesOfAllKindsAreNoticedAndNobodyElseIsLost() throws Exception {
        Program run = run(WORKERS, "wall.link=tls", SmallNetwork.ENDLESS);
        List<Program> workers = workers();
        List<WorkerRow> rows = network.awaitWorkers();
        network.awaitNetwork();
        Program cut = workers.get(1);
        Program stopped = workers.get(2);
        net.host(2).run("ip", "route", "add", "blackhole", net.host(0).address());
        stopped.signal("STOP");
        Program.await("two losses", NOTICED, () -> lost() == 2);
        assertThat(cut.awaitExit(NOTICED)).as(cut.said()).isEqualTo(4);
        assertThat(cut.lastLine()).startsWith("kilonode: ENVIRONMENT (exit 4): ");
        RunData meanwhile = network.data();
        assertThat(SmallNetwork.lost(meanwhile, number(rows, cut)).details()).containsKey("why");
        assertThat(SmallNetwork.lost(meanwhile, number(rows, stopped)).details())
                .containsEntry("nodes", SmallNetwork.NODES / WORKERS);
        stopped.signal("CONT");
        assertThat(stopped.awaitExit(NOTICED)).as(stopped.said()).isEqualTo(4);
        int windows = windows();
        Program.await("windows of the third", Program.BOUND, () -> windows() > windows + LATER_WINDOWS);
        assertThat(lost()).as("nobody else is lost").isEqualTo(2);
        MetricSeries up = Objects.requireNonNull(network.data().series("node.up", "", "max"));
        assertThat(up.value(up.size() - 1)).isEqualTo(SmallNetwork.NODES / WORKERS);
        workers.get(0).signal("KILL");
        assertThat(run.awaitExit(Program.BOUND)).as(run.said()).isEqualTo(3);
        assertThat(run.lastLine()).startsWith("kilonode: INCONCLUSIVE (exit 3): ");
        RunData data = network.data();
        assertThat(lost()).isEqualTo(WORKERS);
        assertThat(SmallNetwork.unfit(data)).contains(VerdictPolicy.WORKERS_STAYED);
        assertThat(data.manifest().status()).isEqualTo(Manifest.ABORTED);
    }

    private int windows() {
        try {
            MetricSeries up = network.data().series("node.up", "", "max");
            return up == null ? 0 : up.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void workersOfAnotherAuthorityNeverJoinAndOthersEndWithTheCoordinator() throws Exception {
        Path foreign = authority("foreign");
        certificate(foreign, 3);
        Program run = run(2, "wall.link=tls", SmallNetwork.ENDLESS);
        Program refused = worker(3, foreign);
        assertThat(refused.awaitExit(Program.BOUND)).as(refused.said()).isEqualTo(4);
        assertThat(refused.lastLine())
                .startsWith("kilonode: ENVIRONMENT (exit 4): ")
                .contains("is from another authority");
        assertThat(run.awaitLine("control plane: refused "))
                .contains("certificate of host-3 is from another authority");
        assertThat(network.directories()).isEmpty();
        List<Program> workers = List.of(worker(1, certificates), worker(2, certificates));
        network.awaitNetwork();
        assertThat(network.data().manifest().workers())
                .extracting(WorkerRow::pid)
                .doesNotContain(refused.pid())
                .hasSize(2);
        run.signal("KILL");
        for (Program worker : workers) {
            assertThat(worker.awaitExit(NOTICED)).as(worker.said()).isEqualTo(4);
        }
        assertThat(network.left()).isEmpty();
    }

    @Test
    void linksWithoutEncryptionStayOnOneMachine() throws Exception {
        Program run = run(1, "wall.link=tcp");
        Program worker = worker(1, certificates);
        assertThat(run.awaitExit(Program.BOUND)).as(run.said()).isEqualTo(2);
        assertThat(run.lastLine()).contains(block(1), "write --set wall.link=tls, or quic");
        assertThat(worker.awaitExit(NOTICED)).as(worker.said()).isEqualTo(4);
        assertThat(network.directories()).isEmpty();
        assertThat(network.left()).isEmpty();
    }

    private static String block(int worker) {
        return "10.77." + (128 + worker) + ".0/24";
    }

    private Path authority(String name) {
        Path made = folder.resolve(name);
        command("certs", "init", made.toString(), "--host", net.host(0).address());
        return made;
    }

    private void certificate(Path authority, int worker) {
        command(
                "certs",
                "worker",
                authority.toString(),
                "--host",
                net.host(worker).address(),
                "--name",
                "host-" + worker);
    }

    private static void command(String... words) {
        Commands.Said said = Commands.kilonode(List.of(words));
        assertThat(said.exit()).as(String.join("\n", said.err())).isEqualTo(ExitCode.PASS);
    }

    private Program run(int workers, String... values) {
        List<String> flags = List.of(
                "--workers",
                Integer.toString(workers),
                "--listen",
                net.host(0).address() + ":" + PORT,
                "--certs",
                certificates.toString());
        return start("coordinator", net.host(0), network.run(flags, values));
    }

    /** All workers, in the order of their hosts. */
    private List<Program> workers() {
        List<Program> all = new ArrayList<>();
        for (int i = 1; i <= WORKERS; i++) all.add(worker(i, certificates));
        return all;
    }

    private Program worker(int number, Path authority) {
        Path own = authority.resolve("workers").resolve("host-" + number);
        return start(
                "worker on host " + number,
                net.host(number),
                List.of(
                        "worker",
                        "--join",
                        net.host(0).address() + ":" + PORT,
                        "--certs",
                        own.toString(),
                        "--addresses",
                        block(number)));
    }

    private Program start(String name, NamespaceHost host, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(Main.class.getName()));
        line.addAll(arguments);
        Program program = Program.start(name, network.confined(host.java(SmallNetwork.JVM_OPTIONS, line)));
        programs.add(program);
        return program;
    }

    private long lost() {
        return network.workersSoFar().stream()
                .filter(worker -> worker.lostAtMs() != null)
                .count();
    }

    private static int number(List<WorkerRow> rows, Program worker) {
        return rows.stream()
                .filter(row -> row.pid() == worker.pid())
                .findFirst()
                .orElseThrow()
                .number();
    }
}
