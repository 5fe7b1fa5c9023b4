package dev.kilonode.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.provider.BuiltInLinks;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerLinkRulesTest {

    private static final List<String> LOOPBACK = List.of("127.1.0.0/24", "127.2.0.0/24");
    private static final List<String> ELSEWHERE = List.of("127.1.0.0/24", "10.2.0.0/24");

    private static String refusal(String link, int processes, List<String> blocks) {
        return WorkerLinkRules.refusal(BuiltInLinks.named(link), processes, blocks)
                .orElse("");
    }

    @Test
    void memoryStaysInOneProcess() {
        assertThat(refusal("memory", 1, List.of())).isEmpty();
        assertThat(refusal("memory", 2, List.of())).contains("memory", "2 processes", "--set wall.link=tcp");
    }

    @Test
    void offLoopbackNodesSpeakEncryptedLinks() {
        for (String link : List.of("tcp", "tls", "quic")) {
            assertThat(refusal(link, 2, List.of())).isEmpty();
            assertThat(refusal(link, 2, LOOPBACK)).isEmpty();
        }
        assertThat(refusal("tls", 2, ELSEWHERE)).isEmpty();
        assertThat(refusal("quic", 2, ELSEWHERE)).isEmpty();
        assertThat(refusal("tcp", 2, ELSEWHERE))
                .contains("wall.link tcp does not encrypt", "10.2.0.0/24", "wall.link=tls");
    }
}
