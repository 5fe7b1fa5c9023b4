package dev.kilonode.node.transport;

import dev.kilonode.node.dispatch.DispatchProvider;
import dev.kilonode.node.registry.RegistryProvider;

/** What a {@link TransportConfig} has names for: the designs themselves, which serve all nodes of a run. */
public record TransportDesigns(RegistryProvider registry, DispatchProvider dispatch) {}
