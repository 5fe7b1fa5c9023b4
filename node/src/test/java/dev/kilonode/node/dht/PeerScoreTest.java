package dev.kilonode.node.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.testkit.TestConfigs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PeerScoreTest {

    private final SplittableRandom random = new SplittableRandom(1);
    private final PeerScore trust = new PeerScore(TestConfigs.identity());
    private final PeerId peer = PeerId.random(random);

    @Test
    void startsAtOneHalfAndMovesByTheConfiguredShares() {
        assertThat(trust.of(peer, 0)).isEqualTo(0.5);
        trust.reward(peer, 0);
        assertThat(trust.of(peer, 0)).isCloseTo(0.5 + 0.1 * 0.5, within(1e-12));
        assertThat(trust.penalize(peer, 0)).isFalse();
        assertThat(trust.of(peer, 0)).isCloseTo(0.55 * 0.7, within(1e-12));
    }

    @Test
    void aPeerBelowTheThresholdIsBarredOnceAndForFiveMinutes() {
        int failures = 1;
        while (!trust.penalize(peer, 100)) failures++;
        assertThat(failures).isEqualTo(4); // 0.5 x 0.7^4 = 0.12
        long untilNanos = 100 + PeerScore.BARRED.toNanos();
        assertThat(trust.penalize(peer, 200)).isFalse();
        assertThat(trust.admits(peer, untilNanos - 1)).isFalse();
        assertThat(trust.admits(peer, untilNanos)).isTrue();
        assertThat(trust.of(peer, untilNanos)).isEqualTo(0.5);
    }

    @Test
    void remembersABoundedNumberOfPeers() {
        for (int i = 0; i < 3 * PeerScore.REMEMBERED; i++) trust.reward(PeerId.random(random), 0);
        assertThat(trust.remembered()).isEqualTo(PeerScore.REMEMBERED);
    }

    @Test
    void forgetsTheLeastRecentlyUsedPeer() {
        Set<PeerId> model = new LinkedHashSet<>();
        List<PeerId> met = new ArrayList<>();
        for (int i = 0; i < 5 * PeerScore.REMEMBERED; i++) {
            PeerId dealtWith = met.isEmpty() || random.nextInt(3) == 0 ? PeerId.random(random) : drawn(met);
            trust.reward(dealtWith, 0);
            met.add(dealtWith);
            model.remove(dealtWith);
            model.add(dealtWith);
            if (model.size() > PeerScore.REMEMBERED)
                model.remove(model.iterator().next());
        }
        assertThat(model).hasSize(PeerScore.REMEMBERED);
        for (PeerId remembered : model) {
            assertThat(trust.of(remembered, 0)).as("%s", remembered).isGreaterThan(PeerScore.AT_FIRST);
        }
    }

    private PeerId drawn(List<PeerId> met) {
        return met.get(Math.max(0, met.size() - 1 - random.nextInt(2 * PeerScore.REMEMBERED)));
    }
}
