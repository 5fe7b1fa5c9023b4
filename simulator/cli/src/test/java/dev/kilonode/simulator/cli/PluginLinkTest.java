package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.base.FrameChannel;
import dev.kilonode.node.link.provider.LinkContract;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.simulator.plugins.PluginFolder;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A link from a user's jar: that of {@code docs/plugins.md}, and what can be wrong with others. */
@Tag("once")
class PluginLinkTest {

    /** 8 nodes for some seconds of wall time. */
    private static final List<String> TINY = List.of(
            "clock=wall",
            "identity.algorithm=Ed25519",
            "nodes.count=8",
            "nodes.per-host=4",
            "nodes.join-over=1s",
            "duration=4s",
            "metrics.window=1s",
            "workload.uploaders.count=0",
            "report.png=false",
            "checks=[{metric: transport.delivered, stat: count, op: \">=\", limit: 10}]");

    @TempDir
    Path folder;

    @Test
    void theLinkOfThePageCarriesARun() throws IOException {
        jar(copyLink());
        Commands.Said said = run();
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.PASS);
        RunData data = RunData.read(Commands.onlyRun(folder.resolve("out")));
        assertThat(data.all("transport.delivered", "count")).isNotEmpty();
        Commands.Said plan = kilonode("plan");
        assertThat(plan.exit()).as(plan.lastLine()).isEqualTo(ExitCode.PASS);
    }

    @Test
    void anUnknownLinkIsAnsweredWithAllKnownOnesAndTheFolder() throws IOException {
        jar(copyLink());
        Path file = Files.writeString(folder.resolve("s.yaml"), "name: s\nwall: {link: coppy}\n");
        Commands.Said said = Commands.kilonode(List.of("validate", file.toString(), "--plugins", jars().toString()));
        assertThat(said.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(String.join("\n", said.err()))
                .contains(file + ":2:14: wall.link: got \"coppy\", expected one of memory, tcp, tls, quic, copy; ")
                .contains(jars() + " adds copy; write copy");
        Commands.Said without = Commands.kilonode(List.of("validate", file.toString()));
        assertThat(String.join("\n", without.err()))
                .contains("expected one of memory, tcp, tls, quic; ")
                .contains("--plugins DIR");
    }

    @Test
    void aLinkWithTheNameOfABuiltInOneIsRefused() throws IOException {
        jar(copyLink().replace("\"copy\"", "\"tcp\""));
        refusedBeforeTheRun("the link tcp of copy.jar has the name of a built-in design");
    }

    @Test
    void aJarOfAnOlderProviderIsRefusedBeforeTheRun() throws IOException {
        String withoutSockets = copyLink()
                .replaceAll("(?s)    @Override\\s+public SocketKind sockets\\(\\) \\{.*?\\}\\s+", "")
                .replace("import dev.kilonode.node.link.provider.SocketKind;\n", "");
        PluginJar.ofOlderApi(jars().resolve("copy.jar"), LinkProvider.class, withoutSockets, services(), """
            package dev.kilonode.node.link.provider;
            public interface LinkProvider {
                String label();
                Link newLink();
            }
            """);
        refusedBeforeTheRun("the link copy of copy.jar does not fit this version of Kilonode: AbstractMethodError");
        refusedBeforeTheRun("compile it again");
    }

    @Test
    void aJarOfAnOlderFrameChannelEndsTheRunWithTheSameWords() throws IOException {
        String older = copyLink().replace("public void confirm(long stamp)", "public void welcome(long stamp)");
        PluginJar.ofOlderApi(jars().resolve("copy.jar"), LinkProvider.class, older, services(), """
            package %s;
            public interface FrameChannel {
                void send(PendingWrite write);
                void resumeReading();
                void welcome(long stamp);
                void ping();
                void close(CloseCode code);
                void abandon(long lingerNanos);
            }
            """.formatted(
                        FrameChannel.class.getPackageName()));
        fails("the link copy of copy.jar does not fit this version of Kilonode: AbstractMethodError");
    }

    @Test
    void aLinkThatThrowsEndsTheRunWithItsNameAndLine() throws IOException {
        jar(copyLink()
                .replace(
                        "queue.add(write);",
                        "if (queue.isEmpty()) throw new IllegalStateException(\"out of paper\");"));
        fails("the link copy of copy.jar failed: IllegalStateException: out of paper at"
                + " example.CopyLink$End.send(CopyLink.java:");
    }

    @Test
    void aLinkThatCannotBeHadHereIsNotBlamed() throws IOException {
        jar(copyLink()
                .replace(
                        "        Map<NodeAddress, CopyEndpoint> endpoints = new ConcurrentHashMap<>();\n"
                                + "        return",
                        "        Map<NodeAddress, CopyEndpoint> endpoints = new ConcurrentHashMap<>();\n"
                                + "        if (true) throw new LinkException(\"no paper; buy some\");\n"
                                + "        return"));
        Commands.Said said = run();
        assertThat(said.exit()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(said.lastLine()).contains("no paper; buy some").doesNotContain("failed");
    }

    /** The contract of endpoints, for the link of the page as it comes from a jar. */
    @Nested
    class Contract extends LinkContract {

        @Override
        protected LinkProvider provider() {
            try {
                if (!Files.exists(jars())) jar(copyLink());
                return PluginFolder.read(jars()).links().named("copy");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void refusedBeforeTheRun(String words) {
        Commands.Said said = Commands.kilonode(List.of("validate", Commands.SMOKE, "--plugins", jars().toString()));
        assertThat(said.lastLine()).contains(words);
        assertThat(said.exit()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(said.err()).noneMatch(line -> line.startsWith("\tat "));
    }

    private void fails(String words) {
        Commands.Said said = run();
        assertThat(said.lastLine()).contains(words).startsWith("kilonode: ENVIRONMENT (exit 4)");
        assertThat(said.exit()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(said.err()).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception in"));
    }

    private Commands.Said run() {
        return kilonode("run");
    }

    private Commands.Said kilonode(String command) {
        List<String> values = new ArrayList<>(TINY);
        values.add("wall.link=copy");
        List<String> line = new ArrayList<>(List.of(command, Commands.SMOKE, "--plugins", jars().toString()));
        if (command.equals("run"))
            line.addAll(List.of("--out", folder.resolve("out").toString()));
        values.forEach(value -> line.addAll(List.of("--set", value)));
        return Commands.kilonode(line);
    }

    private Path jars() {
        return folder.resolve("jars");
    }

    private void jar(String source) throws IOException {
        PluginJar.of(jars().resolve("copy.jar"), LinkProvider.class, source, services());
    }

    private static String copyLink() throws IOException {
        return PluginJar.block("java", LinkProvider.class);
    }

    private static String services() throws IOException {
        return PluginJar.block("services", LinkProvider.class);
    }
}
