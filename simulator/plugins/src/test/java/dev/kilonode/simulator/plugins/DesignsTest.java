package dev.kilonode.simulator.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class DesignsTest {

    @Test
    void builtInDesignsAreKnownByName() {
        Designs designs = Designs.builtIn();
        assertThat(designs.registries().labels()).contains("lock-across-registration", "scoped-locks");
        assertThat(designs.dispatches().labels()).contains("source-ip");
        assertThat(designs.links().labels()).containsExactlyInAnyOrder("memory", "tcp", "tls", "quic");
        assertThat(designs.links().named("quic").label()).isEqualTo("quic");
    }

    @Test
    void otherNamesAreUnknownUnlessAnyNameIsAccepted() {
        assertThat(Designs.builtIn().links().knows("carrier-pigeon")).isFalse();
        assertThat(Designs.anyName().links().knows("carrier-pigeon")).isTrue();
        assertThatThrownBy(() -> Designs.builtIn().registries().named("carrier-pigeon"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("carrier-pigeon");
        assertThat(Designs.builtIn().registries().hint()).contains("--plugins DIR");
    }

    @Test
    void aFailureOfABuiltInDesignIsNoPlugins() {
        IllegalStateException thrown = new IllegalStateException("no such channel");
        assertThat(Designs.builtIn().blame("scoped-locks", "source-ip", "memory", thrown))
                .isNull();
    }

    @Test
    void aStackNamesTheFrameOfTheLoaderAskedFor() {
        ClassLoader loader = Objects.requireNonNull(DesignsTest.class.getClassLoader());
        String name = Objects.requireNonNull(loader.getName());
        IllegalStateException cause = new IllegalStateException("broken\nin two lines");
        RuntimeException thrown = new RuntimeException(cause);
        assertThat(Blame.frame(thrown, name).map(Blame::place).orElse(""))
                .contains("DesignsTest")
                .contains(".java:");
        assertThat(Blame.frame(thrown, "no-such-loader")).isEmpty();
        assertThat(Blame.words(cause)).isEqualTo("IllegalStateException: broken");
    }
}
