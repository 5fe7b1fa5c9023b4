package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.registry.RegistryProvider;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.simulator.run.ExitCode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What runs over several processes and their workers refuse, and the words that say what to write instead. */
@Tag("once")
@EnabledOnOs(OS.LINUX)
class WorkersUsageTest {

    private static final String LISTENS = "waiting for 1 workers at ";

    @TempDir
    Path folder;

    private SmallNetwork network;
    private final List<Program> programs = new ArrayList<>();

    @BeforeEach
    void create() {
        network = new SmallNetwork(folder);
    }

    @AfterEach
    void leaveNobodyBehind() {
        programs.forEach(Program::close);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
        virtual time        => 2 => --jvms 2 --set clock=virtual      => write --clock wall
        one process's link  => 2 => --jvms 2 --set wall.link=memory   => write --set wall.link=tcp
        more than hosts     => 2 => --jvms 7                          => write 6 processes or fewer
        no process          => 2 => --jvms 0                          => write 4
        no number           => 2 => --jvms many                       => write 4
        both kinds          => 2 => --jvms 2 --workers 2              => write one of them
        nobody joins        => 2 => --listen 127.0.0.1:0              => write --workers N
        nobody shows them   => 2 => --jvms 2 --certs .                => write --workers N
        no folder           => 2 => --workers 2 --certs no-such       => no such folder
        no time             => 2 => --workers 2 --wait soon           => write
        no address          => 2 => --workers 2 --listen nowhere      => write 10.0.0.1:25520
        open to all         => 4 => --workers 2 --listen 192.0.2.1:0  => kilonode certs init
        nobody comes        => 4 => --workers 2 --listen 127.0.0.1:0 --wait 1s  => only 0 of 2 workers joined within 1 s
        """)
    void runsSayWhatToWrite(String what, int exit, String flags, String words) {
        refused(exit, words, network.run(List.of(flags.split(" "))));
        assertThat(network.directories()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
        nothing         => 2 => worker                                            => write kilonode worker --join HOST:PORT
        no port         => 2 => worker --join here                                => write 10.0.0.1:25520
        no block        => 2 => worker --join 127.0.0.1:1 --addresses everywhere  => --addresses:
        no folder       => 2 => worker --join 127.0.0.1:1 --plugins no-such       => no such folder
        no answer       => 4 => worker --join 127.0.0.1:1 --wait 1s               => start it with kilonode run --workers N
        no such name    => 4 => worker --join no.invalid:1 --wait 1s              => write an IP address
        """)
    void workersSayWhatToWrite(String what, int exit, String command, String words) {
        refused(exit, words, List.of(command.split(" ")));
    }

    private static void refused(int exit, String words, List<String> command) {
        Commands.Said said = Commands.kilonode(command);
        String all = String.join("\n", said.err());
        assertThat(said.exit().number()).as(all).isEqualTo(exit);
        assertThat(said.lastLine()).contains(words);
        assertThat(all).doesNotContain("\tat ");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused(
                    4,
                    "cannot listen at 127.0.0.1:" + other.getLocalPort(),
                    network.run(List.of("--workers", "2", "--listen", "127.0.0.1:" + other.getLocalPort())));
        }
        assertThat(network.directories()).isEmpty();
    }

    @Test
    void tooFewDescriptorsForAShareAreAnErrorOfTheEnvironment() throws Exception {
        List<String> command = Commands.process(
                        List.of("-Xmx3g"), network.run(List.of("--jvms", "2"), "nodes.count=60", "nodes.per-host=10"))
                .command();
        List<String> line = new ArrayList<>(List.of("bash", "-c", "ulimit -n 400; exec \"$@\"", "bash"));
        line.addAll(command);
        Program run = started("coordinator", new ProcessBuilder(line));
        assertThat(run.awaitExit(Program.BOUND)).as(run.said()).isEqualTo(4);
        assertThat(run.lastLine()).contains("too few file descriptors", "write ulimit -n ");
        assertThat(network.directories()).isEmpty();
        assertThat(network.left()).isEmpty();
    }

    @Test
    void aRunThatWaitsInVainReleasesTheWorkersThatCame() throws Exception {
        Program run = started(
                "coordinator",
                process(network.run(List.of("--workers", "2", "--listen", "127.0.0.1:0", "--wait", "8s"))));
        Program worker = worker(join(run, "waiting for 2 workers at "));
        worker.awaitLine("joined ");
        assertThat(run.awaitExit(Program.BOUND)).as(run.said()).isEqualTo(4);
        assertThat(run.lastLine())
                .contains("only 1 of 2 workers joined within 8 s", "kilonode worker --join ", "or write --workers 1");
        assertThat(worker.awaitExit(Program.BOUND)).as(worker.said()).isEqualTo(4);
        assertThat(network.directories()).isEmpty();
        assertThat(network.left()).isEmpty();
    }

    @Test
    void aWorkerThatIsToldToEndWhileItWaitsForItsCoordinatorEndsAtOnceAndLeavesNothing() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Program worker = worker("127.0.0.1:" + free, "--wait", "10m");
        Program.await("its folder", Program.BOUND, () -> !network.left().isEmpty());
        worker.signal("TERM");
        assertThat(worker.awaitExit(Duration.ofSeconds(20))).as(worker.said()).isEqualTo(143);
        assertThat(worker.lastLine()).contains("this worker was told to end");
        assertThat(network.left()).isEmpty();
    }

    @Test
    void aWorkerWritesOnlyInItsFolder() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        Program run = started(
                "coordinator",
                process(network.run(
                        List.of("--workers", "1", "--listen", "127.0.0.1:0"),
                        "store.medium=disk",
                        "store.directory=" + elsewhere)));
        Program worker = worker(join(run, LISTENS));
        assertThat(run.awaitExit(Program.BOUND)).as(run.said()).isEqualTo(2);
        assertThat(run.lastLine()).contains("outside the work folder of a worker");
        assertThat(worker.awaitExit(Program.BOUND)).as(worker.said()).isEqualTo(4);
        assertThat(elsewhere).doesNotExist();
        assertThat(network.left()).isEmpty();
    }

    /** Whatever the name is as YAML: a comment in it would otherwise lead to the folder above. */
    @Test
    void chunksThatAreKeptLieInAFolderOfTheirRun() throws Exception {
        Path work = folder.resolve("worker's work");
        for (int i = 1; i <= 2; i++) {
            Program run = started(
                    "coordinator",
                    process(network.run(
                            List.of("--workers", "1", "--listen", "127.0.0.1:0"),
                            "duration=3s",
                            "checks=[]",
                            "workload.uploaders.count=0",
                            "store.medium=disk",
                            "store.keep=true",
                            "store.directory='.. #x'")));
            Program worker = worker(join(run, LISTENS), "--work", work.toString());
            assertThat(worker.awaitExit(Program.BOUND)).as(worker.said()).isZero();
            assertThat(run.awaitExit(Program.BOUND)).as(run.said()).isIn(0, 3);
            try (Stream<Path> runs = Files.list(work)) {
                assertThat(runs).hasSize(i).allSatisfy(one -> {
                    assertThat(one).isDirectoryNotContaining("glob:**.yaml");
                    assertThat(one.resolve(".. #x")).isDirectoryContaining("glob:**chunks.mv");
                });
            }
        }
    }

    @Test
    void designsRunWhereTheOperatorHasPutThem() throws Exception {
        Path jars = folder.resolve("jars");
        PluginJar.of(
                jars.resolve("once.jar"),
                RegistryProvider.class,
                PluginJar.block("java", RegistryProvider.class),
                PluginJar.block("services", RegistryProvider.class));
        String[] values = {"transport.registry=register-once", "duration=5s", "checks=[]", "workload.uploaders.count=0"
        };
        List<String> flags = List.of("--workers", "1", "--listen", "127.0.0.1:0", "--plugins", jars.toString());
        Program refused = started("coordinator", process(network.run(flags, values)));
        Program without = worker(join(refused, LISTENS));
        assertThat(refused.awaitExit(Program.BOUND)).as(refused.said()).isEqualTo(2);
        assertThat(refused.lastLine()).contains("this worker cannot read the scenario: ", "register-once");
        assertThat(without.awaitExit(Program.BOUND)).as(without.said()).isEqualTo(4);
        assertThat(network.directories()).isEmpty();
        Program run = started("coordinator", process(network.run(flags, values)));
        Program with = worker(join(run, LISTENS), "--plugins", jars.toString());
        int exit = run.awaitExit(Program.BOUND);
        RunData data = network.data();
        SmallNetwork.assertPassed(data, exit, run.said());
        assertThat(with.awaitExit(Program.BOUND)).as(with.said()).isEqualTo(ExitCode.PASS.number());
        assertThat(Files.readString(data.directory().resolve("scenario.resolved.yaml")))
                .contains("register-once");
    }

    /** Where a coordinator listens, as it says. */
    private static String join(Program run, String words) throws InterruptedException {
        String line = run.awaitLine(words);
        return line.substring(line.indexOf(words) + words.length());
    }

    private Program worker(String join, String... flags) {
        List<String> line = new ArrayList<>(List.of("worker", "--join", join));
        line.addAll(List.of(flags));
        return started("worker", process(line));
    }

    private static ProcessBuilder process(List<String> arguments) {
        return Commands.process(SmallNetwork.JVM_OPTIONS, arguments);
    }

    private Program started(String name, ProcessBuilder builder) {
        Program program = Program.start(name, network.confined(builder));
        programs.add(program);
        return program;
    }
}
