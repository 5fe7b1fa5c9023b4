package dev.kilonode.cluster.namespaces;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The hosts reach each other, and what is done to their network shows. */
@Timeout(120)
class NetworkNamespacesTest {

    private static final int PORT = 7000;
    private static final int MOST_TRIES = 20;

    private final List<Process> processes = new ArrayList<>();
    private NetworkNamespaces net;

    @BeforeEach
    void build() {
        net = NetworkNamespaces.create(2);
    }

    @AfterEach
    void remove() throws InterruptedException {
        for (Process one : processes) one.destroyForcibly().waitFor();
        if (net != null) net.close();
    }

    @Test
    void aHostThatIsCutOffAnswersNobodyUntilItIsJoinedAgain() throws IOException {
        serve(net.host(0), net.host(0).address());
        Asking asking = ask(net.host(1));
        assertThat(asking.ask(net.host(0).address())).containsOnlyDigits();
        net.cut(net.host(0));
        assertThat(asking.ask(net.host(0).address())).startsWith("no answer: ");
        net.join(net.host(0));
        assertThat(asking.awaitAnswer(net.host(0).address())).containsOnlyDigits();
    }

    @Test
    void aDelayIsSeenInBothDirections() throws IOException {
        serve(net.host(0), net.host(0).address());
        Asking asking = ask(net.host(1));
        net.impair(net.host(0), Duration.ofMillis(60), 0);
        assertThat(Long.parseLong(asking.ask(net.host(0).address())))
                .as("a round trip takes twice the delay at least")
                .isGreaterThanOrEqualTo(Duration.ofMillis(120).toNanos());
        net.repair(net.host(0));
        assertThat(asking.awaitAnswer(net.host(0).address())).containsOnlyDigits();
    }

    @Test
    void aLimitedHostAnswersAtItsRate() throws IOException {
        serve(net.host(0), net.host(0).address());
        Asking asking = ask(net.host(1));
        net.limit(net.host(0), 3);
        assertThat(net.host(0).run("tc", "qdisc", "show", "dev", "eth0")).contains("tbf", "rate 3Mbit");
        assertThat(asking.awaitAnswer(net.host(0).address())).containsOnlyDigits();
        net.repair(net.host(0));
        assertThat(net.host(0).run("tc", "qdisc", "show", "dev", "eth0")).doesNotContain("tbf");
    }

    @Test
    void lossOfEverythingIsAPartition() throws IOException {
        serve(net.host(0), net.host(0).address());
        Asking asking = ask(net.host(1));
        net.impair(net.host(0), Duration.ZERO, 1);
        assertThat(asking.ask(net.host(0).address())).startsWith("no answer: ");
        net.repair(net.host(0));
        assertThat(asking.awaitAnswer(net.host(0).address())).containsOnlyDigits();
    }

    @Test
    void everyAddressOfABlockIsItsOwners() throws IOException {
        net.give(net.host(0), "10.77.128.0/24");
        serve(net.host(0), "10.77.128.200");
        assertThat(ask(net.host(1)).ask("10.77.128.200")).containsOnlyDigits();
        assertThat(ask(net.host(1)).ask("10.77.128.201")).startsWith("no answer: Connection refused");
    }

    @Test
    void nothingIsLeftNotEvenOfAProcessThatWasKilled() {
        String killed = "kilonode-" + Integer.MAX_VALUE + "-1-host0";
        NetworkNamespaces.run("ip", "netns", "add", killed);
        assertThat(NetworkNamespaces.existing()).contains(killed, net.host(0).namespace());
        NetworkNamespaces second = NetworkNamespaces.create(1);
        String name = second.host(0).namespace();
        assertThat(NetworkNamespaces.existing())
                .as("those of this process stay")
                .contains(net.host(0).namespace(), name)
                .doesNotContain(killed);
        second.close();
        assertThat(NetworkNamespaces.existing()).doesNotContain(name);
    }

    private void serve(NamespaceHost host, String address) throws IOException {
        Process process = start(host, List.of("serve", address, Integer.toString(PORT)));
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("ready");
    }

    private Asking ask(NamespaceHost host) throws IOException {
        Process process = start(host, List.of("ask"));
        return new Asking(
                new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8),
                process.inputReader(StandardCharsets.UTF_8));
    }

    private Process start(NamespaceHost host, List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(TcpProbe.class.getName()));
        line.addAll(arguments);
        Process process = host.java(List.of("-Xmx32m", "-XX:+UseSerialGC"), line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return process;
    }

    private record Asking(PrintStream to, BufferedReader from) {

        /** The time of a byte there and back in ns, or why there was none. */
        String ask(String address) throws IOException {
            to.println(address + " " + PORT);
            String answer = from.readLine();
            assertThat(answer).as("the asking process lives").isNotNull();
            return answer;
        }

        /** Each try ends by itself. */
        String awaitAnswer(String address) throws IOException {
            String answer = "";
            for (int i = 0; i < MOST_TRIES; i++) {
                answer = ask(address);
                if (!answer.startsWith("no answer")) return answer;
            }
            return answer;
        }
    }
}
