package dev.kilonode.simulator.run.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InProcessControlPlaneTest extends ControlPlaneContract {

    @Override
    protected ControlPlane open() {
        return new InProcessControlPlane();
    }

    @Override
    protected CoordinatorLink join(ControlPlane plane, WorkerInfo worker) {
        return ((InProcessControlPlane) plane).join(worker);
    }

    @Test
    void aWorkerCanBeLost() throws InterruptedException {
        try (InProcessControlPlane plane = new InProcessControlPlane()) {
            CoordinatorLink link = plane.join(Messages.WORKER);
            link.send(Messages.progress(1));
            plane.loseWorker(0, "cut off");
            link.send(Messages.progress(2));
            assertThat(next(plane).report()).isInstanceOf(Report.Joined.class);
            assertThat(next(plane).report()).isEqualTo(Messages.progress(1));
            assertThat(next(plane).report()).isEqualTo(new Report.Lost("cut off"));
            assertThat(plane.poll(Duration.ZERO)).isNull();
            assertThat(link.poll(LONG)).isEqualTo(new Command.CoordinatorLost("cut off"));
        }
    }

    @Test
    void theCoordinatorCanBeLost() throws InterruptedException {
        InProcessControlPlane plane = new InProcessControlPlane();
        CoordinatorLink link = plane.join(Messages.WORKER);
        plane.loseCoordinator("killed");
        assertThat(link.poll(LONG)).isEqualTo(new Command.CoordinatorLost("killed"));
        assertThat(plane.poll(Duration.ZERO)).isNull();
    }
}
