package dev.kilonode.node.link.provider;

import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.LinkException;

/** The protocol of one run: opens the endpoints of all its nodes. Endpoints of one link can dial each other. Any thread. */
public interface Link {

    /**
     * Opens an endpoint that listens when this returns. May block. Not called on the node's thread.
     *
     * @throws LinkException if the endpoint cannot listen at the address; the message names the address, the reason and the remedy
     */
    AbstractEndpoint open(EndpointSpec spec);
}
