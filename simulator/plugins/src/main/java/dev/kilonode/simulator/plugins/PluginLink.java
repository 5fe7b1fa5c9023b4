package dev.kilonode.simulator.plugins;

import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.link.provider.EndpointSpec;
import dev.kilonode.node.link.provider.Link;
import dev.kilonode.node.link.provider.LinkCost;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.link.provider.SocketKind;
import java.util.function.Supplier;

/**
 * A link from outside. Says which plugin failed when one of its methods throws or returns null.
 *
 * @param sockets asked once, when the plugin is loaded
 * @param cost asked once, when the plugin is loaded
 */
record PluginLink(PluginDesign<LinkProvider> design, SocketKind sockets, LinkCost cost) implements LinkProvider {

    /** @throws PluginException if the plugin does not answer, for example because it was compiled against another version */
    static PluginLink of(PluginDesign<LinkProvider> design) {
        LinkProvider provider = design.provider();
        return new PluginLink(
                design, answer(design, "sockets()", provider::sockets), answer(design, "cost()", provider::cost));
    }

    @Override
    public String label() {
        return design.label();
    }

    @Override
    public void checkAvailable() {
        answer(design, "checkAvailable()", () -> {
            design.provider().checkAvailable();
            return this;
        });
    }

    @Override
    public Link newLink() {
        Link link = answer(design, "newLink()", () -> design.provider().newLink());
        return spec -> open(link, spec);
    }

    private AbstractEndpoint open(Link link, EndpointSpec spec) {
        return answer(design, "open(" + spec.address() + ")", () -> link.open(spec));
    }

    @SuppressWarnings({"ConstantValue", "NullAway"}) // a plugin may have been compiled without our checks
    private static <T> T answer(PluginDesign<LinkProvider> design, String call, Supplier<T> method) {
        T answer;
        try {
            answer = method.get();
        } catch (LinkException e) {
            throw e; // what the machine lacks is not the plugin's fault
        } catch (RuntimeException | LinkageError e) {
            PluginException failure = design.failure(e);
            throw failure != null
                    ? failure
                    : new PluginException(design.named() + ": " + call + " threw " + Blame.words(e), e);
        }
        if (answer == null) throw new PluginException(design.named() + ": " + call + " gave null");
        return answer;
    }
}
