package dev.kilonode.node.link.provider;

import java.security.CodeSource;
import java.util.List;
import java.util.ServiceLoader;

/** The links that come with Kilonode: those whose classes come from the same jar as {@link LinkProvider}. */
public final class BuiltInLinks {

    private static final List<LinkProvider> ALL =
            ServiceLoader.load(LinkProvider.class, LinkProvider.class.getClassLoader()).stream()
                    .filter(provider -> isBuiltIn(provider.type()))
                    .map(ServiceLoader.Provider::get)
                    .toList();

    private BuiltInLinks() {}

    /** In the order of their services file. */
    public static List<LinkProvider> all() {
        return ALL;
    }

    /** @throws IllegalArgumentException if there is no built-in link of that name */
    public static LinkProvider named(String label) {
        return ALL.stream()
                .filter(provider -> provider.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no built-in link " + label));
    }

    /** Whether {@code type} comes from the same jar, or folder of classes, as {@link LinkProvider}. */
    public static boolean isBuiltIn(Class<?> type) {
        CodeSource own = LinkProvider.class.getProtectionDomain().getCodeSource();
        return own != null && own.equals(type.getProtectionDomain().getCodeSource());
    }
}
