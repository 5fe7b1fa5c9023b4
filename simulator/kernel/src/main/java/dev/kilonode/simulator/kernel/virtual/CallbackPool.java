package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.runtime.Work;
import dev.kilonode.simulator.kernel.engine.Event;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calls back into nodes that no node can call off, used again and again by all nodes of a world: a thousand nodes keep some hundreds
 * under way, and the one freed last is still in the processor's cache. Holds: {@code made = free + under way}.
 */
final class CallbackPool {

    private @Nullable Call free;

    Event take(VirtualRuntime runtime, @Nullable Work work, Runnable then) {
        Call call = free;
        if (call == null) call = new Call();
        else free = call.nextFree;
        call.runtime = runtime;
        call.work = work;
        call.then = then;
        return call;
    }

    /** The same as {@code event}, which is one of these and has been called off. */
    Event again(Event event) {
        Call call = (Call) event;
        return take(Objects.requireNonNull(call.runtime), call.work, Objects.requireNonNull(call.then));
    }

    private void free(Call call) {
        call.work = null;
        call.then = null;
        call.nextFree = free;
        free = call;
    }

    private static final class Call extends Event {

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
    }
}
