package dev.kilonode.cluster.namespaces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * Several hosts on one machine: network namespaces, joined by a bridge in a namespace of its own. Their addresses, of 10.77/16, exist in
 * them only. Names begin with the number of this process; namespaces of processes that are gone are removed by the next test. A test that
 * the kernel or the rights of the user do not allow is skipped with a reason that begins with {@code kernel: }.
 */
public final class NetworkNamespaces implements AutoCloseable {

    private static final String PREFIX = "kilonode-";
    private static final Pattern NAME = Pattern.compile("^" + PREFIX + "(\\d+)-\\S+");
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final int TIMEOUT_SECONDS = 30;

    private final String name;
    private final List<NamespaceHost> hosts = new ArrayList<>();

    private NetworkNamespaces(String name) {
        this.name = name;
    }

    /** Makes hosts with the addresses 10.77.0.1, 10.77.0.2 and so on. Skips the test if that is not possible here. */
    public static NetworkNamespaces create(int hosts) {
        removeThoseOfOthers();
        NetworkNamespaces made =
                new NetworkNamespaces(PREFIX + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet());
        try {
            made.build(hosts);
            return made;
        } catch (CommandFailedException e) {
            made.close();
            Assumptions.abort("kernel: no network namespaces here: " + e.getMessage());
            throw e;
        }
    }

    private void build(int count) {
        run("ip", "netns", "add", bridge());
        inBridge("ip", "link", "add", "br0", "type", "bridge");
        inBridge("ip", "link", "set", "br0", "up");
        for (int i = 0; i < count; i++) {
            NamespaceHost host = new NamespaceHost(name + "-host" + i, "10.77.0." + (i + 1));
            hosts.add(host);
            String port = port(host);
            run("ip", "netns", "add", host.namespace());
            inBridge("ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", host.namespace());
            inBridge("ip", "link", "set", port, "master", "br0", "up");
            host.run("ip", "link", "set", "lo", "up");
            host.run("ip", "address", "add", host.address() + "/16", "dev", "eth0");
            host.run("ip", "link", "set", "eth0", "up");
        }
    }

    public NamespaceHost host(int number) {
        return hosts.get(number);
    }

    /** Gives a host a block of addresses, and the others a route to it. */
    public void give(NamespaceHost owner, String cidr) {
        for (NamespaceHost host : hosts) {
            if (host == owner) host.run("ip", "route", "add", "local", cidr, "dev", "lo");
            else host.run("ip", "route", "add", cidr, "via", owner.address());
        }
    }

    /**
     * Delays packets from and to a host, and loses some. Skips the test if the kernel has no netem.
     *
     * @param delay of each direction
     * @param lossRatio of each direction, in [0, 1]
     */
    public void impair(NamespaceHost host, Duration delay, double lossRatio) {
        String loss = String.format(Locale.ROOT, "%.2f%%", lossRatio * 100);
        String[] rule = {"root", "netem", "delay", delay.toMillis() + "ms", "loss", loss, "limit", "100000"};
        try {
            host.run(words(List.of("tc", "qdisc", "replace", "dev", "eth0"), rule));
            inBridge(words(List.of("tc", "qdisc", "replace", "dev", port(host)), rule));
        } catch (CommandFailedException e) {
            Assumptions.abort("kernel: no delay and loss (tc netem) here: " + e.getMessage());
        }
    }

    /**
     * Limits the rate of each direction of a host. Skips the test if the kernel cannot.
     *
     * @param megabits per second
     */
    public void limit(NamespaceHost host, int megabits) {
        String[] rule = {"root", "tbf", "rate", megabits + "mbit", "burst", "64kb", "latency", "1s"};
        try {
            host.run(words(List.of("tc", "qdisc", "replace", "dev", "eth0"), rule));
            inBridge(words(List.of("tc", "qdisc", "replace", "dev", port(host)), rule));
        } catch (CommandFailedException e) {
            Assumptions.abort("kernel: no limit of a rate (tc tbf) here: " + e.getMessage());
        }
    }

    /** Ends what {@link #impair} or {@link #limit} began. */
    public void repair(NamespaceHost host) {
        host.run("tc", "qdisc", "del", "dev", "eth0", "root");
        inBridge("tc", "qdisc", "del", "dev", port(host), "root");
    }

    /** Cuts a host off from all others. It notices nothing: its own side of the cable stays up. */
    public void cut(NamespaceHost host) {
        inBridge("ip", "link", "set", port(host), "nomaster");
    }

    /** Ends {@link #cut}. */
    public void join(NamespaceHost host) {
        inBridge("ip", "link", "set", port(host), "master", "br0");
    }

    /** Removes all; processes in them must have ended. */
    @Override
    public void close() {
        hosts.forEach(host -> remove(host.namespace()));
        remove(bridge());
    }

    /** Names of all namespaces of this class, of any process. */
    static List<String> existing() {
        try {
            return run("ip", "netns", "list")
                    .lines()
                    .map(line -> line.split("\\s+")[0])
                    .filter(name -> NAME.matcher(name).matches())
                    .toList();
        } catch (CommandFailedException e) {
            return List.of(); // create() says why
        }
    }

    private static void removeThoseOfOthers() {
        for (String name : existing()) {
            Matcher parts = NAME.matcher(name);
            boolean dead = parts.matches()
                    && ProcessHandle.of(Long.parseLong(parts.group(1))).isEmpty();
            if (dead) remove(name);
        }
    }

    private static void remove(String namespace) {
        try {
            run("ip", "netns", "delete", namespace);
        } catch (CommandFailedException e) {
            if (existing().contains(namespace)) throw e;
        }
    }

    private String bridge() {
        return name + "-bridge";
    }

    private String port(NamespaceHost host) {
        return "port" + hosts.indexOf(host);
    }

    private void inBridge(String... command) {
        run(words(List.of("ip", "netns", "exec", bridge()), command));
    }

    static String[] words(List<String> first, String... rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(rest));
        return all.toArray(String[]::new);
    }

    /** Runs a command to its end. */
    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new CommandFailedException(List.of(command), "does not end");
            }
            if (process.exitValue() != 0) throw new CommandFailedException(List.of(command), said.strip());
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("error=2")) {
                throw new CommandFailedException(List.of(command), "not installed (package iproute2)");
            }
            throw new UncheckedIOException(e);
        }
    }
}
