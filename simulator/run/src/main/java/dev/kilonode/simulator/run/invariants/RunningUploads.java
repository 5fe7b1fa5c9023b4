package dev.kilonode.simulator.run.invariants;

import dev.kilonode.node.transport.Transport;

/** The uploads under way in this process. */
public interface RunningUploads {

    /** Passes each upload to {@code visitor}, in the order in which they began. */
    void forEach(Visitor visitor);

    /** Receives an upload and the transport of its client. */
    interface Visitor {
        void upload(long upload, Transport transport);
    }
}
