package dev.kilonode.cluster.namespaces;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One host of {@link NetworkNamespaces}.
 *
 * @param namespace name of its network namespace
 * @param address its address, reached by the other hosts
 */
public record NamespaceHost(String namespace, String address) {

    /** A process on this host, not started yet. */
    public ProcessBuilder process(List<String> command) {
        List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        line.addAll(command);
        return new ProcessBuilder(line);
    }

    /** A JVM on this host with this one's class path, not started yet. */
    public ProcessBuilder java(List<String> options, List<String> mainAndArguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path")));
        line.addAll(mainAndArguments);
        return process(line);
    }

    /** Runs a command on this host to its end; fails if it does. */
    public String run(String... command) {
        return NetworkNamespaces.run(NetworkNamespaces.words(List.of("ip", "netns", "exec", namespace), command));
    }
}
