package dev.kilonode.node.transport;

import dev.kilonode.node.dispatch.DispatchProvider;
import dev.kilonode.node.registry.RegistryProvider;

/** The designs that a {@link TransportConfig} names; one instance serves all nodes of a run. */
public record TransportDesigns(RegistryProvider registry, DispatchProvider dispatch) {

    /** The setting and the name of a design that does not declare that its nodes share no state; empty if both do. */
    public String undeclared() {
        if (!registry.isStatePerNode()) return "transport.registry: " + registry.label();
        return dispatch.isStatePerNode() ? "" : "transport.dispatch: " + dispatch.label();
    }
}
