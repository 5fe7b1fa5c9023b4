package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.dispatch.DispatchProvider;
import dev.kilonode.node.registry.RegistryProvider;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Designs from a user's jar: those of {@code docs/plugins.md}, and what can be wrong with others. */
@Tag("once")
class PluginTest {

    /** 8 nodes for a minute and a half, with one upload. */
    private static final List<String> TINY = List.of(
            "nodes.count=8",
            "nodes.per-host=4",
            "nodes.join-over=10s",
            "duration=90s",
            "workload.uploaders.count=1",
            "workload.uploaders.start-after=30s",
            "workload.upload.file-size=1MB",
            "report.png=false",
            "checks=[{metric: upload.succeeded, stat: count, op: \">=\", limit: 1}]");

    /** A design of which each test writes what is wrong with it. */
    private static final String SKELETON = """
        package wrong;
        import dev.kilonode.node.identity.PeerId;
        import dev.kilonode.node.link.*;
        import dev.kilonode.node.observe.NodeObserver;
        import dev.kilonode.node.registry.*;
        import dev.kilonode.node.runtime.NodeRuntime;
        import java.util.function.Consumer;
        public final class Wrong implements RegistryProvider {
            public Wrong() { %s }
            public String label() { %s }
            public PeerRegistry create(NodeRuntime r, Endpoint e, NodeObserver o, PeerRegistry.Listener l) { %s }
            static class Empty implements PeerRegistry {
                public Registrar newRegistrar() {
                    return (connection, peer, client, then) -> {
                        throw new IllegalStateException("what a mess\\nand more");
                    };
                }
                public void connected(Connection connection) {}
                public void disconnected(Connection connection) {}
                public void channelOf(PeerId peer, Consumer<Connection> then) { then.accept(null); }
                public void peerOf(Connection connection, Consumer<PeerId> then) { then.accept(null); }
                public int peerCount() { return 0; }
            }
        }
        """;

    private static final String DISPATCH = """
        package wrong;
        import dev.kilonode.node.dispatch.DispatchProvider;
        import dev.kilonode.node.wire.NodeAddress;
        public final class WrongShard implements DispatchProvider {
            public String label() { return "wrong"; }
            public int shardOf(NodeAddress source, int shards) { %s }
        }
        """;

    @TempDir
    Path folder;

    @Test
    void theDocumentedDesignIsDeterministic() throws IOException {
        example();
        Commands.Said said = kilonode("verify-determinism", "transport.registry=register-once", plugins());
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.PASS);
        Commands.Said builtIn = kilonode("run", "transport.registry=striped-maps", plugins());
        assertThat(builtIn.exit()).as(builtIn.lastLine()).isEqualTo(ExitCode.PASS);
    }

    @Test
    void theDocumentedDesignRegistersOncePerConnectionAndDeliversLikeOthers() throws IOException {
        example();
        RunData other = run("transport.registry=scoped-locks");
        RunData own = run("transport.registry=register-once");
        double ownRegistrations = total(own, "registration.latency");
        double delivered = total(own, "transport.delivered");
        assertThat(ownRegistrations).isPositive().isLessThan(delivered / 4);
        assertThat(total(other, "registration.latency")).isGreaterThan(4 * ownRegistrations);
        assertThat(delivered).isGreaterThan(total(other, "transport.delivered") / 2);
        assertThat(own.manifest().command()).contains("--plugins");
        Commands.Said checked =
                Commands.kilonode(List.of("check", own.directory().toString()));
        assertThat(checked.exit())
                .as("no plugin is needed for data: " + checked.lastLine())
                .isEqualTo(ExitCode.PASS);
        Commands.Said report =
                Commands.kilonode(List.of("report", own.directory().toString()));
        assertThat(report.exit()).isEqualTo(ExitCode.PASS);
    }

    @Test
    void aSuiteGivesItsChildrenThePlugins() throws IOException {
        example();
        Commands.Said said =
                kilonode("suite", "transport.registry=register-once", plugins(), "--seeds", "1..2", "--jobs", "2");
        assertThat(said.exit()).as(String.join("\n", said.err())).isEqualTo(ExitCode.PASS);
        assertThat(Suite.read(folder.resolve("out")).runs()).hasSize(2);
        jar("once", registerOnce().replace("only to enumerate them", "to enumerate them only"));
        jar("other", registerOnce().replace("\"register-once\"", "\"register-twice\""));
        Commands.Said mixed =
                kilonode("suite", "transport.registry=register-once", plugins(), "--seeds", "1..2", "--skip-done");
        assertThat(mixed.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(mixed.lastLine()).contains("another build");
    }

    @Test
    void anUnknownNameIsReportedWithAllKnownOnesAndTheFolder() throws IOException {
        example();
        Path file = Files.writeString(folder.resolve("s.yaml"), "name: s\ntransport: {registry: register-onec}\n");
        Commands.Said said = Commands.kilonode(List.of(
                "validate", file.toString(), "--plugins", folder.resolve("jars").toString()));
        assertThat(said.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(String.join("\n", said.err()))
                .contains(file + ":2:23: transport.registry: got \"register-onec\"")
                .contains("single-consumer, lock-across-registration, scoped-locks")
                .contains(folder.resolve("jars") + " adds register-once; write register-once");
        assertThat(String.join(
                        "\n",
                        Commands.kilonode(List.of("validate", file.toString())).err()))
                .contains("--plugins DIR");
        Commands.Said environment = Commands.kilonode(
                List.of("validate", file.toString(), "--set", "transport.registry=register-once"),
                Map.of("KILONODE_PLUGINS", folder.resolve("jars").toString()));
        assertThat(environment.exit()).as(environment.lastLine()).isEqualTo(ExitCode.PASS);
    }

    @Test
    void strictInvariantsNeedADesignThatCanBeEnumerated() throws IOException {
        example();
        Commands.Said watched =
                kilonode("run", "transport.registry=register-once", plugins(), "--set", "invariants=strict");
        assertThat(watched.exit()).as(watched.lastLine()).isEqualTo(ExitCode.PASS);
        wrong("", "return \"wrong\";", "return new Empty();");
        Commands.Said refused = validate("transport.registry=wrong", "invariants=strict");
        assertThat(refused.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(String.join("\n", refused.err()))
                .contains("invariants: got strict, but the registry design wrong cannot enumerate its maps")
                .contains("write invariants: warn, or exempt-invariants: [peers-have-connections")
                .contains("PeerRegistry.enumerate");
        Commands.Said exempt = validate(
                "transport.registry=wrong",
                "invariants=strict",
                "exempt-invariants=[peers-have-connections, channels-have-connections, registry-maps-mirror,"
                        + " peer-events-paired, peer-count-agrees]");
        assertThat(exempt.exit()).as(exempt.lastLine()).isEqualTo(ExitCode.PASS);
    }

    @Test
    void anUnknownInvariantIsRefusedWithTheOneThatWasMeant() {
        Commands.Said said = Commands.kilonode(
                List.of("validate", Commands.SMOKE, "--set", "exempt-invariants=[peer-has-connections]"));
        assertThat(said.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(String.join("\n", said.err()))
                .contains("exempt-invariants[0]: got \"peer-has-connections\", expected one of peers-have-connections")
                .contains("write peers-have-connections");
    }

    @Test
    void aFolderWithoutJarsAndABrokenJarAreRefusedWithAMessage() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        refused(ExitCode.ENVIRONMENT, empty, "holds no .jar");
        refused(ExitCode.USAGE, folder.resolve("nowhere"), "there is no such folder");
        Files.writeString(empty.resolve("broken.jar"), "this is no jar");
        refused(ExitCode.ENVIRONMENT, empty, "broken.jar is not a readable jar: ZipException");
        Path named = folder.resolve("named");
        PluginJar.of(named.resolve("a.jar"), RegistryProvider.class, registerOnce(), "example.RegisterTwice");
        refused(ExitCode.ENVIRONMENT, named, "Provider example.RegisterTwice not found");
        PluginJar.of(named.resolve("a.jar"), RegistryProvider.class, registerOnce(), "dev.kilonode.simulator.cli.Main");
        refused(ExitCode.ENVIRONMENT, named, "Main not a subtype");
    }

    @Test
    void twoDesignsOfOneNameAreRefusedWithBothJars() throws IOException {
        example();
        jar("twice", registerOnce().replace("package example", "package other"), "other.RegisterOnce");
        refused(
                ExitCode.ENVIRONMENT,
                folder.resolve("jars"),
                "the registry design register-once of twice.jar has the name of one of once.jar");
        Files.delete(folder.resolve("jars/twice.jar"));
        jar("once", registerOnce().replace("\"register-once\"", "\"paired-locks\""));
        refused(ExitCode.ENVIRONMENT, folder.resolve("jars"), "has the name of a built-in design");
    }

    @Test
    void aDesignThatCannotBeMadeIsRefusedBeforeTheRun() throws IOException {
        wrong("throw new IllegalStateException(\"no licence\");", "return \"wrong\";", "return new Empty();");
        refused(ExitCode.ENVIRONMENT, folder.resolve("jars"), "IllegalStateException: no licence");
        wrong("", "return null;", "return new Empty();");
        refused(ExitCode.ENVIRONMENT, folder.resolve("jars"), "label() gave \"null\"");
        wrong("", "throw new IllegalStateException(\"nameless\");", "return new Empty();");
        refused(ExitCode.ENVIRONMENT, folder.resolve("jars"), "label() threw IllegalStateException: nameless");
    }

    @Test
    void aDesignThatThrowsEndsTheRunWithOneLineAndNoStackTrace() throws IOException {
        wrong("", "return \"wrong\";", "return null;");
        fails("the registry design wrong of wrong.jar made no registry: create gave null");
        wrong("", "return \"wrong\";", "throw new IllegalStateException(\"not today\");");
        fails("made no registry: IllegalStateException: not today");
        wrong("", "return \"wrong\";", "return new Empty() { public int consumers(int n) { return n + 1; } };");
        fails("wants 2 consumers for 1 shards");
        wrong("", "return \"wrong\";", "return new Empty();");
        fails("failed: IllegalStateException: what a mess at wrong.Wrong$Empty.lambda$newRegistrar$0(Wrong.java:");
        Path run = Commands.onlyRun(folder.resolve("out"));
        assertThat(RunData.read(run).manifest().status()).isNotEqualTo(Manifest.COMPLETE);
        assertThat(run.resolve("report.html")).exists();
    }

    @Test
    void theDocumentedDispatchDesignIsDeterministicAndDiffersFromTheBuiltInOnes() throws IOException {
        jar("in-turn", inTurn());
        Commands.Said said = kilonode("verify-determinism", "transport.dispatch=in-turn", plugins());
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.PASS);
        List<String> digests = new ArrayList<>();
        for (String design : List.of("in-turn", "source-ip", "source-address")) {
            digests.add(run("transport.dispatch=" + design, "--set", "costs.endpoint-lock.wait-per-packet-rate=20ms")
                    .digest()); // so that messages wait in their shards
        }
        assertThat(digests).doesNotHaveDuplicates();
    }

    @Test
    void aDispatchDesignMustReturnAnExistingShard() throws IOException {
        jar("wrong", DISPATCH.formatted("return shards;"), "wrong.WrongShard");
        fails("transport.dispatch=wrong", "the dispatch design wrong of wrong.jar gave shard 8 to 10.");
        fails("transport.dispatch=wrong", "expected 0 to 7 from shardOf(source, 8)");
        jar("wrong", DISPATCH.formatted("return -1;"), "wrong.WrongShard");
        fails("transport.dispatch=wrong", "gave shard -1 to");
        fails("transport.dispatch=wrong", "expected 0 to 0", "--set", "transport.registry=single-consumer");
    }

    @Test
    void aDispatchDesignThatThrowsIsNamedAndNotTheRegistry() throws IOException {
        example();
        jar("wrong", DISPATCH.formatted("throw new AssertionError(\"lost\");"), "wrong.WrongShard");
        String words =
                "the dispatch design wrong of wrong.jar failed: AssertionError: lost at wrong.WrongShard.shardOf(";
        fails("transport.dispatch=wrong", words);
        fails("transport.dispatch=wrong", words, "--set", "transport.registry=register-once");
    }

    @Test
    void anUnknownDispatchIsReportedWithTheKnownOnesAndANameIsUniquePerKind() throws IOException {
        example();
        jar("in-turn", inTurn());
        Path file = Files.writeString(folder.resolve("s.yaml"), "name: s\ntransport: {dispatch: in-trun}\n");
        Commands.Said said = Commands.kilonode(List.of(
                "validate", file.toString(), "--plugins", folder.resolve("jars").toString()));
        assertThat(said.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(String.join("\n", said.err()))
                .contains(file + ":2:23: transport.dispatch: got \"in-trun\"")
                .contains("expected one of source-ip, source-address, in-turn; ")
                .contains(folder.resolve("jars") + " adds in-turn; write in-turn");
        jar("twin", inTurn().replace("package example", "package other"), "other.InTurn");
        refused(
                ExitCode.ENVIRONMENT,
                folder.resolve("jars"),
                "the dispatch design in-turn of twin.jar has the name of one of in-turn.jar");
        Files.delete(folder.resolve("jars/twin.jar"));
        jar("in-turn", inTurn().replace("\"in-turn\"", "\"source-ip\""));
        refused(ExitCode.ENVIRONMENT, folder.resolve("jars"), "has the name of a built-in design");
        jar("in-turn", inTurn().replace("\"in-turn\"", "\"register-once\""));
        List<String> line =
                new ArrayList<>(List.of("validate", Commands.SMOKE, "--set", "transport.dispatch=register-once"));
        line.addAll(List.of(plugins()));
        Commands.Said both = Commands.kilonode(line);
        assertThat(both.exit()).as(both.lastLine()).isEqualTo(ExitCode.PASS);
    }

    private void wrong(String constructor, String label, String create) throws IOException {
        jar("wrong", SKELETON.formatted(constructor, label, create), "wrong.Wrong");
    }

    private void fails(String words) throws IOException {
        fails("transport.registry=wrong", words);
    }

    private void fails(String design, String words, String... more) throws IOException {
        deleteRuns();
        Commands.Said said = kilonode("run", design, plugins(), more);
        assertThat(said.lastLine()).contains(words).startsWith("kilonode: ENVIRONMENT (exit 4)");
        assertThat(said.exit()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(said.err()).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception in"));
    }

    private void deleteRuns() throws IOException {
        Path runs = folder.resolve("out").resolve("smoke");
        if (Files.exists(runs))
            Files.move(runs, Files.createTempDirectory(folder, "old").resolve("smoke"));
    }

    private void refused(ExitCode exit, Path plugins, String words) {
        Commands.Said said = Commands.kilonode(List.of("validate", Commands.SMOKE, "--plugins", plugins.toString()));
        assertThat(said.lastLine()).contains(words);
        assertThat(said.exit()).isEqualTo(exit);
        assertThat(said.err()).noneMatch(line -> line.startsWith("\tat "));
    }

    private void example() throws IOException {
        jar("once", registerOnce());
    }

    private static String registerOnce() throws IOException {
        return PluginJar.block("java", RegistryProvider.class);
    }

    private static String inTurn() throws IOException {
        return PluginJar.block("java", DispatchProvider.class);
    }

    private void jar(String name, String source) throws IOException {
        boolean dispatch = source.contains("implements DispatchProvider");
        jar(name, source, PluginJar.block("services", dispatch ? DispatchProvider.class : RegistryProvider.class));
    }

    private void jar(String name, String source, String services) throws IOException {
        boolean dispatch = source.contains("implements DispatchProvider");
        PluginJar.of(
                folder.resolve("jars").resolve(name + ".jar"),
                dispatch ? DispatchProvider.class : RegistryProvider.class,
                source,
                services);
    }

    private String[] plugins() {
        return new String[] {"--plugins", folder.resolve("jars").toString()};
    }

    private Commands.Said kilonode(String command, String design, String[] plugins, String... more) {
        List<String> values = new ArrayList<>(TINY);
        values.add(design);
        List<String> flags = new ArrayList<>(List.of(plugins));
        flags.addAll(List.of(more));
        return Commands.onSmoke(command, folder.resolve("out"), values, flags.toArray(String[]::new));
    }

    private Commands.Said validate(String... values) {
        List<String> line = new ArrayList<>(List.of("validate", Commands.SMOKE));
        line.addAll(List.of(plugins()));
        for (String value : values) line.addAll(List.of("--set", value));
        return Commands.kilonode(line);
    }

    private RunData run(String design, String... more) throws IOException {
        deleteRuns();
        Commands.Said said = kilonode("run", design, plugins(), more);
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.PASS);
        return RunData.read(Commands.onlyRun(folder.resolve("out")));
    }

    private static double total(RunData data, String metric) {
        double sum = 0;
        for (var series : data.all(metric, "count")) {
            for (int i = 0; i < series.size(); i++) sum += series.value(i);
        }
        return sum;
    }
}
