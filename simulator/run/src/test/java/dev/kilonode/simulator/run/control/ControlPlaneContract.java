package dev.kilonode.simulator.run.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.run.control.ControlPlane.FromWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every control plane does, whatever carries it. */
public abstract class ControlPlaneContract {

    /** Longer than any control plane takes for anything: a test that waits this long has failed. */
    protected static final Duration LONG = Duration.ofSeconds(40);

    private static final Set<Thread.State> WAITING = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final List<CoordinatorLink> links = new ArrayList<>();
    private ControlPlane plane;

    /** A coordinator without workers. */
    protected abstract ControlPlane open();

    /** A worker of the coordinator that was opened last. */
    protected abstract CoordinatorLink join(ControlPlane plane, WorkerInfo worker);

    @BeforeEach
    void openPlane() {
        plane = open();
    }

    @AfterEach
    void closeAll() {
        plane.close();
        links.forEach(CoordinatorLink::close);
    }

    @Test
    void workersHaveNumbersInTheOrderInWhichTheyJoin() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            join("machine-" + i);
            FromWorker first = next();
            assertThat(first.worker()).isEqualTo(i);
            WorkerInfo told = ((Report.Joined) first.report()).worker();
            assertThat(told.machine()).isEqualTo("machine-" + i);
            assertThat(told.controlAddress()).isNotEmpty().isNotEqualTo(Messages.WORKER.controlAddress());
        }
    }

    @Test
    void everyKindOfCommandArrivesUnchangedAndInOrder() throws InterruptedException {
        CoordinatorLink other = join("other");
        assertThat(next().worker()).isZero();
        CoordinatorLink link = join("one");
        assertThat(next().worker()).isEqualTo(1);
        for (Command command : Messages.COMMANDS) plane.send(1, command);
        for (Command command : Messages.COMMANDS) {
            assertThat(link.poll(LONG)).usingRecursiveComparison().isEqualTo(command);
        }
        assertThat(link.poll(Duration.ZERO)).isNull();
        assertThat(other.poll(Duration.ZERO)).isNull();
    }

    @Test
    void everyKindOfReportArrivesUnchangedAndInOrder() throws InterruptedException {
        CoordinatorLink link = joined();
        for (Report report : Messages.REPORTS) link.send(report);
        for (Report report : Messages.REPORTS) {
            FromWorker arrived = next();
            assertThat(arrived.worker()).isZero();
            assertThat(arrived.report()).usingRecursiveComparison().isEqualTo(report);
        }
        assertThat(plane.poll(Duration.ZERO)).isNull();
    }

    @Test
    void aReportOfAMegabyteArrives() throws InterruptedException {
        CoordinatorLink link = joined();
        Report.Window window = Messages.window(7, 1 << 20);
        link.send(window);
        link.send(Messages.progress(1));
        assertThat(next().report()).usingRecursiveComparison().isEqualTo(window);
        assertThat(next().report()).isEqualTo(Messages.progress(1));
    }

    @Test
    void aWorkerWhoseReportsAreNotTakenIsHeldBackAndLosesNone() throws InterruptedException {
        CoordinatorLink link = joined();
        int all = 3000;
        AtomicInteger sent = new AtomicInteger();
        Thread sender = new Thread(() -> {
            for (int i = 0; i < all; i++) {
                link.send(Messages.progress(i));
                sent.incrementAndGet();
            }
        });
        sender.start();
        int seen = -1; // the number sent stays the same while the sender waits: it is held back
        for (long end = System.nanoTime() + LONG.toNanos(); System.nanoTime() < end; Thread.onSpinWait()) {
            int now = sent.get();
            if (now == seen && WAITING.contains(sender.getState())) break;
            seen = now;
        }
        assertThat(sent.get()).as("reports sent while none was taken").isLessThan(all);
        for (int i = 0; i < all; i++) assertThat(next().report()).isEqualTo(Messages.progress(i));
        sender.join(LONG.toMillis());
        assertThat(sent.get()).isEqualTo(all);
    }

    @Test
    void aWorkerThatLeavesUnboundIsLostAfterItsLastReport() throws InterruptedException {
        CoordinatorLink link = joined();
        for (int i = 0; i < 10; i++) link.send(Messages.progress(i));
        link.close();
        for (int i = 0; i < 10; i++) assertThat(next().report()).isEqualTo(Messages.progress(i));
        assertThat(next().report()).isEqualTo(new Report.Lost(ControlPlane.LEFT));
        plane.send(0, new Command.Ping(1)); // has no effect
        join("another");
        assertThat(next().worker()).as("a number is never used again").isEqualTo(1);
    }

    @Test
    void aWorkerThatWasToldToFinishIsNotLost() throws InterruptedException {
        CoordinatorLink link = joined();
        plane.send(0, new Command.Finish());
        assertThat(link.poll(LONG)).isEqualTo(new Command.Finish());
        link.close();
        join("another");
        FromWorker after = next();
        assertThat(after.worker()).isEqualTo(1);
        assertThat(after.report()).isInstanceOf(Report.Joined.class);
    }

    @Test
    void workersLoseACoordinatorThatLeaves() throws InterruptedException {
        CoordinatorLink link = joined();
        plane.send(0, new Command.Ping(1));
        plane.close();
        assertThat(link.poll(LONG)).isEqualTo(new Command.Ping(1));
        assertThat(link.poll(LONG)).isInstanceOf(Command.CoordinatorLost.class);
        assertThat(link.poll(Duration.ZERO)).isNull();
        for (int i = 0; i < 3000; i++) link.send(Messages.progress(i)); // has no effect, and does not wait
    }

    @Test
    void aWorkerThatTakesNoCommandIsLostAndTheCoordinatorDoesNotWait() throws InterruptedException {
        joined();
        for (int i = 0; i < 10 * ControlPlane.MOST_UNTAKEN_COMMANDS; i++) plane.send(0, new Command.Ping(i));
        assertThat(next().report()).isEqualTo(new Report.Lost(ControlPlane.UNTAKEN_COMMANDS));
    }

    @Test
    void closingTwiceIsClosingOnce() throws InterruptedException {
        CoordinatorLink link = joined();
        link.close();
        link.close();
        assertThat(next().report()).isInstanceOf(Report.Lost.class);
        plane.close();
        plane.close();
        assertThat(plane.poll(Duration.ZERO)).isNull();
    }

    private CoordinatorLink join(String machine) {
        CoordinatorLink link = join(plane, Messages.worker(machine));
        links.add(link);
        return link;
    }

    private CoordinatorLink joined() throws InterruptedException {
        CoordinatorLink link = join("machine");
        assertThat(next().report()).isInstanceOf(Report.Joined.class);
        return link;
    }

    private FromWorker next() throws InterruptedException {
        return next(plane);
    }

    /** The next report of a control plane, which must come. */
    protected static FromWorker next(ControlPlane plane) throws InterruptedException {
        return Objects.requireNonNull(plane.poll(LONG), "no report came");
    }
}
