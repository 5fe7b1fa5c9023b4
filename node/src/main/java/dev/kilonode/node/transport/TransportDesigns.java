package dev.kilonode.node.transport;

import dev.kilonode.node.dispatch.DispatchProvider;
import dev.kilonode.node.registry.RegistryProvider;

/** The designs that a {@link TransportConfig} names; one instance serves all nodes of a run. */
public record TransportDesigns(RegistryProvider registry, DispatchProvider dispatch) {}
