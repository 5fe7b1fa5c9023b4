package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.runtime.Work;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A pool of callback events that nodes cannot cancel, shared by all nodes of a world. A thousand nodes have some hundreds of callbacks
 * pending, and the last one freed is still in the processor's cache. Invariant: {@code made = free + pending}.
 */
final class CallbackPool {

    private @Nullable Call free;

    MovableEvent take(VirtualRuntime runtime, @Nullable Work work, Runnable then) {
        Call call = free;
        if (call == null) call = new Call();
        else free = call.nextFree;
        call.runtime = runtime;
        call.work = work;
        call.then = then;
        return call;
    }

    private void free(Call call) {
        call.work = null;
        call.then = null;
        call.nextFree = free;
        free = call;
    }

    private static final class Call extends MovableEvent {

        private @Nullable Call nextFree;
        private @Nullable VirtualRuntime runtime;
        private @Nullable Work work;
        private @Nullable Runnable then;

        @Override
        protected void fire() {
            VirtualRuntime in = Objects.requireNonNull(runtime);
            Work done = work;
            Runnable next = Objects.requireNonNull(then);
            in.calls().free(this);
            if (in.isHalted()) return;
            if (done != null) done.compute();
            next.run();
        }

        @Override
        MovableEvent copy() {
            VirtualRuntime in = Objects.requireNonNull(runtime);
            return in.calls().take(in, work, Objects.requireNonNull(then));
        }
    }
}
