package dev.kilonode.node.link.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BuiltInLinksTest {

    @Test
    void theLinksOfThisJarAreFoundByTheirNames() {
        assertThat(BuiltInLinks.all()).extracting(LinkProvider::label).containsExactly("memory", "tcp", "tls", "quic");
        assertThat(BuiltInLinks.named("quic").sockets()).isEqualTo(SocketKind.UDP);
        assertThatThrownBy(() -> BuiltInLinks.named("smoke-signals"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("smoke-signals");
    }
}
