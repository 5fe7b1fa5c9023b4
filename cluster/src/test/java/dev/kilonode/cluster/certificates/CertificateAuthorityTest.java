package dev.kilonode.cluster.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.simulator.run.control.CertificateAuthorityProvider;
import dev.kilonode.simulator.run.control.CertificateAuthorityProvider.CertificateRequest;
import dev.kilonode.simulator.run.control.CertificateAuthorityProvider.IssuedCertificate;
import dev.kilonode.simulator.run.control.CertificateAuthorityProvider.Revocation;
import dev.kilonode.simulator.run.control.CertificateAuthorityProvider.State;
import dev.kilonode.simulator.run.control.CertificateRequestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path folder;

    private final CertificateAuthority authority = at(Duration.ZERO);

    @Test
    void theCommandLineFindsIt() {
        assertThat(ServiceLoader.load(CertificateAuthorityProvider.class))
                .singleElement()
                .isInstanceOf(CertificateAuthority.class);
    }

    @Test
    void onlyTheOwnerReadsWhatItMakes() throws IOException {
        Path ca = init();
        Path worker = issue(ca, "10.0.0.5");
        authority.revoke(ca, "worker-1");
        List<String> open = new ArrayList<>();
        int seen = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.filter(each -> !each.equals(folder)).toList()) {
                seen++;
                String wanted = Files.isDirectory(one) ? "rwx------" : "rw-------";
                String found = PosixFilePermissions.toString(Files.getPosixFilePermissions(one));
                if (!found.equals(wanted)) open.add(found + " " + one);
            }
        }
        assertThat(open).isEmpty();
        assertThat(seen).isGreaterThan(15);
        assertThat(worker).isDirectory();
    }

    @Test
    void theFolderOfAWorkerDoesNotContainTheKeyOfTheAuthority() throws IOException {
        Path ca = init();
        Path worker = issue(ca, "10.0.0.5");
        try (Stream<Path> files = Files.list(worker)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "ca.pem",
                            "certificate.p12",
                            "certificate.pem",
                            "crl.pem",
                            "key.pem",
                            "password",
                            "trust.p12");
        }
        String secret = body(ca.resolve("ca-key.pem"));
        assertThat(secret).hasSize(40);
        try (Stream<Path> files = Files.list(worker)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(text.replace("\n", "")).doesNotContain(secret);
            }
        }
        assertThat(Files.readString(worker.resolve("password"))).isNotEqualTo(Files.readString(ca.resolve("password")));
    }

    /** The end of the key: its beginning is the same in every file. */
    private static String body(Path pem) throws IOException {
        String text = Files.readString(pem);
        assertThat(text).startsWith("-----BEGIN PRIVATE KEY-----");
        String body = text.lines().filter(line -> !line.startsWith("-")).collect(Collectors.joining());
        return body.substring(body.length() - 40);
    }

    @Test
    void listShowsEachWithItsState() throws IOException {
        Path ca = init();
        issue(ca, "10.0.0.5", "worker-a.example");
        authority.issue(ca, new CertificateRequest("short", List.of("10.0.0.6"), 1), null);
        authority.revoke(ca, "worker-1");
        List<IssuedCertificate> all = at(Duration.ofDays(2)).list(ca);
        assertThat(all)
                .extracting(IssuedCertificate::name, IssuedCertificate::state)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("coordinator", State.VALID),
                        org.assertj.core.groups.Tuple.tuple("worker-1", State.REVOKED),
                        org.assertj.core.groups.Tuple.tuple("short", State.EXPIRED));
        IssuedCertificate worker = all.stream()
                .filter(one -> one.name().equals("worker-1"))
                .findFirst()
                .orElseThrow();
        assertThat(worker.hosts()).containsExactly("10.0.0.5", "worker-a.example");
        assertThat(worker.revoked()).isEqualTo(NOW);
        assertThat(worker.validUntil()).isEqualTo(NOW.plus(Duration.ofDays(30)));
        assertThat(worker.serial()).matches("[0-9a-f]{30,32}");
    }

    @Test
    void revokingTwiceChangesNothingAndSaysSo() throws IOException {
        Path ca = init();
        Path worker = issue(ca, "10.0.0.5");
        Revocation first = authority.revoke(ca, "worker-1");
        byte[] list = Files.readAllBytes(ca.resolve("crl.pem"));
        Revocation second = at(Duration.ofDays(1)).revoke(ca, "worker-1");
        assertThat(first.earlier()).isFalse();
        assertThat(first.updated()).containsExactly(worker);
        assertThat(Files.readAllBytes(worker.resolve("crl.pem"))).isEqualTo(list);
        assertThat(second.earlier()).isTrue();
        assertThat(second.certificate().revoked()).isEqualTo(NOW);
        assertThat(Files.readAllBytes(ca.resolve("crl.pem"))).isEqualTo(list);
    }

    @Test
    void anAuthorityIsNotOverwritten() throws IOException {
        Path ca = init();
        byte[] key = Files.readAllBytes(ca.resolve("ca.p12"));
        assertThatThrownBy(() -> authority.init(ca, List.of(), 30))
                .isInstanceOf(CertificateRequestException.class)
                .hasMessageContaining("has an authority already, which is not overwritten");
        assertThat(Files.readAllBytes(ca.resolve("ca.p12"))).isEqualTo(key);
        Path used = Files.createDirectory(folder.resolve("used"));
        Files.writeString(used.resolve("mine"), "x");
        assertThatThrownBy(() -> authority.init(used, List.of(), 30)).hasMessageContaining("is not empty");
        assertThatThrownBy(() -> authority.issue(ca, new CertificateRequest(null, List.of("a"), 30), used))
                .hasMessageContaining("is not empty; write --out");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(ca, used);
        }
    }

    @Test
    void wrongRequestsSayWhatToWrite() throws IOException {
        Path ca = init();
        wrong(ca, null, "10.0.0.5:25520", 30, "got the host \"10.0.0.5:25520\", expected an IP address or a DNS name");
        wrong(ca, null, "10.0.0.256", 30, "got the host");
        wrong(ca, null, "-x", 30, "got the host");
        wrong(ca, null, "a..b", 30, "got the host");
        wrong(ca, null, "a", 0, "got 0 days, expected 1 to 825; write --days 30");
        wrong(ca, "../x", "a", 30, "got the name \"../x\"");
        wrong(ca, "coordinator", "a", 30, "has issued a certificate coordinator; write another --name");
        assertThatThrownBy(() -> authority.issue(ca, new CertificateRequest(null, List.of(), 30), null))
                .hasMessageContaining("write --host 10.0.0.5");
        assertThatThrownBy(
                        () -> at(Duration.ofDays(3640)).issue(ca, new CertificateRequest(null, List.of("a"), 30), null))
                .hasMessageContaining("the authority ends on ");
        assertThatThrownBy(() -> authority.list(folder.resolve("none"))).hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> authority.list(folder)).hasMessageContaining("has no authority");
        assertThatThrownBy(() -> authority.revoke(ca, "worker-9"))
                .hasMessageContaining("has issued no certificate worker-9");
        assertThat(authority.list(ca)).hasSize(1);
    }

    private void wrong(Path ca, @Nullable String name, String host, int days, String words) {
        assertThatThrownBy(() -> authority.issue(ca, new CertificateRequest(name, List.of(host), days), null))
                .isInstanceOf(CertificateRequestException.class)
                .hasMessageContaining(words);
    }

    @Test
    void aDamagedAuthorityIsNamed() throws IOException {
        Path ca = init();
        byte[] whole = Files.readAllBytes(ca.resolve("ca.p12"));
        Files.write(ca.resolve("ca.p12"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> issue(ca, "a"))
                .isInstanceOf(CertificateRequestException.class)
                .hasMessageContaining("is damaged (ca.p12: ");
        Files.write(ca.resolve("ca.p12"), whole);
        Files.writeString(ca.resolve("password"), "wrong");
        assertThatThrownBy(() -> issue(ca, "a")).hasMessageContaining("is damaged (ca.p12: ");
    }

    @Test
    void numbersAreFreeOnes() throws IOException {
        Path ca = init();
        assertThat(issue(ca, "a").getFileName()).hasToString("worker-1");
        assertThat(issue(ca, "b").getFileName()).hasToString("worker-2");
    }

    @Test
    void hostsMatchAsTheyShould() {
        List<String> hosts = List.of("10.0.0.5", "worker-a.example", "*.workers.example", "0:0:0:0:0:0:0:1");
        assertThat(HostNames.contain(hosts, "10.0.0.5")).isTrue();
        assertThat(HostNames.contain(hosts, "10.0.0.50")).isFalse();
        assertThat(HostNames.contain(hosts, "WORKER-A.example")).isTrue();
        assertThat(HostNames.contain(hosts, "[::1]")).isTrue();
        assertThat(HostNames.contain(hosts, "w3.workers.example")).isTrue();
        assertThat(HostNames.contain(hosts, "a.w3.workers.example")).isFalse();
        assertThat(HostNames.contain(hosts, "workers.example")).isFalse();
        assertThat(HostNames.contain(hosts, "")).isFalse();
    }

    private Path init() throws IOException {
        return authority.init(folder.resolve("ca"), List.of("127.0.0.1"), 30).folder();
    }

    private Path issue(Path ca, String... hosts) throws IOException {
        return authority
                .issue(ca, new CertificateRequest(null, List.of(hosts), 30), null)
                .folder();
    }

    private static CertificateAuthority at(Duration later) {
        return new CertificateAuthority(Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
    }
}
