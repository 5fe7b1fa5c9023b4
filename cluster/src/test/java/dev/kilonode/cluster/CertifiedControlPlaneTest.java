package dev.kilonode.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.cluster.certificates.CertificateAuthority;
import dev.kilonode.simulator.run.control.CertificateAuthorityProvider.CertificateRequest;
import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.control.ClusterProvider;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.ControlPlane;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import dev.kilonode.simulator.run.control.Messages;
import dev.kilonode.simulator.run.control.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control plane over mutual TLS: whom it takes, and what it says of whom it does not take. */
class CertifiedControlPlaneTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final CertificateAuthority authority = new CertificateAuthority();
    private final List<String> coordinatorLog = new CopyOnWriteArrayList<>();
    private final List<String> workerLog = new CopyOnWriteArrayList<>();
    private Path ca;
    private @Nullable ControlPlane plane;

    @BeforeEach
    void authority() throws IOException {
        ca = authority.init(folder.resolve("ca"), List.of("127.0.0.1"), 30).folder();
    }

    @AfterEach
    void close() {
        if (plane != null) plane.close();
    }

    private Path worker(Path of, String name) throws IOException {
        return authority
                .issue(of, new CertificateRequest(name, List.of("127.0.0.1"), 30), folder.resolve(name))
                .folder();
    }

    private ControlPlane listen(@Nullable Path certificates) {
        plane = PekkoControlPlaneTest.CLUSTER.listen(
                new ClusterProvider.Listen("127.0.0.1", 0, certificates), PekkoControlPlaneTest.into(coordinatorLog));
        return plane;
    }

    private CoordinatorLink join(ControlPlane at, @Nullable Path certificates) {
        return join(at, certificates, null);
    }

    private CoordinatorLink join(ControlPlane at, @Nullable Path certificates, @Nullable String bind) {
        int port = Integer.parseInt(at.address().split(":")[1]);
        return PekkoControlPlaneTest.CLUSTER.join(
                new ClusterProvider.Join("127.0.0.1", port, bind, certificates, PATIENCE),
                Messages.WORKER,
                PekkoControlPlaneTest.into(workerLog));
    }

    @Test
    void aWorkerOfTheSameAuthorityJoinsAndIsHeard() throws Exception {
        ControlPlane at = listen(ca);
        try (CoordinatorLink link = join(at, worker(ca, "worker-1"))) {
            assertThat(at.poll(PATIENCE)).isNotNull();
            at.send(0, new Command.Ping(5));
            assertThat(link.poll(PATIENCE)).isEqualTo(new Command.Ping(5));
            link.send(Messages.window(1, 200_000));
            ControlPlane.FromWorker heard = at.poll(PATIENCE);
            assertThat(heard).isNotNull();
            assertThat(heard == null ? null : heard.report()).isInstanceOf(Report.Window.class);
        }
        assertThat(coordinatorLog).isEmpty();
    }

    @Test
    void aWorkerIsReachedByTheNameToWhichItBindsAndItsCertificateIsFor() throws Exception {
        ControlPlane at = listen(ca);
        Path named = authority
                .issue(ca, new CertificateRequest("named", List.of("localhost"), 30), folder.resolve("named"))
                .folder();
        try (CoordinatorLink link = join(at, named, "localhost")) {
            at.send(0, new Command.Ping(6));
            assertThat(link.poll(PATIENCE)).isEqualTo(new Command.Ping(6));
        }
        assertThatThrownBy(() -> join(at, named))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("for localhost, not for 127.0.0.1");
    }

    @Test
    void aForeignWorkerNeverJoinsAndBothSidesSayWhy() throws Exception {
        Path other = authority
                .init(folder.resolve("other"), List.of("127.0.0.1"), 30)
                .folder();
        ControlPlane at = listen(ca);
        Path foreign = worker(other, "foreign");
        assertThatThrownBy(() -> join(at, foreign))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("another authority");
        assertThat(coordinatorLog).anySatisfy(line -> assertThat(line).contains("foreign", "another authority"));
        assertThat(at.poll(Duration.ofMillis(500))).isNull();
    }

    @Test
    void aRevokedWorkerNeverJoinsAndBothSidesSayWhy() throws Exception {
        Path revoked = worker(ca, "worker-7");
        Object ignored = authority.revoke(ca, "worker-7");
        ControlPlane at = listen(ca);
        assertThatThrownBy(() -> join(at, revoked))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("worker-7");
        assertThat(coordinatorLog).anySatisfy(line -> assertThat(line).contains("worker-7", "revoked"));
        assertThat(at.poll(Duration.ofMillis(500))).isNull();
    }

    @Test
    void oneSideWithoutCertificatesIsToldWhatToDo() throws Exception {
        ControlPlane bare = listen(null);
        Path certified = worker(ca, "worker-2");
        assertThatThrownBy(() -> join(bare, certified))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("--certs");
    }

    @Test
    void certificatesAreForTheAddressAtWhichTheProcessListens() {
        assertThatThrownBy(() -> PekkoControlPlaneTest.CLUSTER.listen(
                        new ClusterProvider.Listen("127.0.0.2", 0, ca), System.err))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("not for 127.0.0.2");
    }

    @Test
    void withoutCertificatesItListensOnLoopbackOnly() {
        for (String host : List.of("0.0.0.0", "192.0.2.7")) {
            assertThatThrownBy(() ->
                            PekkoControlPlaneTest.CLUSTER.listen(new ClusterProvider.Listen(host, 0, null), System.err))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("loopback")
                    .hasMessageContaining("--certs");
        }
    }
}
