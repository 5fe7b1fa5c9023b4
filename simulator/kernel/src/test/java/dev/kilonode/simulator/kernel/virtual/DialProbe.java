package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import org.jspecify.annotations.Nullable;

/** Stores the result of a dial. */
final class DialProbe implements DialListener {

    private @Nullable Connection connection;

    @Nullable
    DialFailure failure;

    @Override
    public void dialled(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void dialFailed(DialFailure failure) {
        this.failure = failure;
    }

    Connection connection() {
        if (connection == null) throw new AssertionError("not connected: " + failure);
        return connection;
    }
}
