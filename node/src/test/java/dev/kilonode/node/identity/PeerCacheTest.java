package dev.kilonode.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerCacheTest {

    private final PeerCache<String> recent = new PeerCache<>();

    @Test
    void whatIsKeptIsFoundUntilAllIsForgotten() {
        PeerId peer = new PeerId(7, 0, 0, 0);
        assertThat(recent.find(peer)).isNull();
        recent.keep(peer, "first");
        recent.keep(peer, "second");
        assertThat(recent.find(peer)).isEqualTo("second");
        recent.forgetAll();
        assertThat(recent.find(peer)).isNull();
    }

    @Test
    void ofThreePeersWithTheSamePlacesTheFirstIsForgotten() {
        PeerId one = new PeerId(7, 1, 0, 0);
        PeerId two = new PeerId(7, 2, 0, 0);
        PeerId three = new PeerId(7, 3, 0, 0);
        recent.keep(one, "one");
        recent.keep(two, "two");
        assertThat(recent.find(one)).isEqualTo("one");
        assertThat(recent.find(two)).isEqualTo("two");
        recent.keep(three, "three");
        assertThat(recent.find(one)).isNull();
        assertThat(recent.find(two)).isEqualTo("two");
        assertThat(recent.find(three)).isEqualTo("three");
    }

    @Test
    void anEqualIdIsAnotherObject() {
        recent.keep(new PeerId(7, 0, 0, 0), "one");
        assertThat(recent.find(new PeerId(7, 0, 0, 0))).isNull();
    }
}
