package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The real launcher in surroundings that are short of something. Whatever it is, it is no bug and no failed check: exit code 4, one line that says
 * what to do. The launcher stands in a folder of its own with the classes under test, so that it builds nothing.
 */
@Tag("once")
@EnabledOnOs(OS.LINUX)
class SurroundingsTest {

    /** Against hanging only. */
    private static final long BOUND_SECONDS = 120;

    private static final String SCENARIO = """
        name: tiny
        duration: 2m
        metrics: {window: 30s}
        nodes: {count: 8, per-host: 4, join-over: 20s}
        workload: {uploaders: {count: 0}}
        report: {png: false}
        checks: [{id: delivered, metric: transport.delivered, stat: count, op: ">=", limit: "1"}]
        """;

    @TempDir
    static Path home;

    /** A whole run, for the commands that read one. */
    private static Path run = Path.of("");

    @TempDir
    Path folder;

    @BeforeAll
    static void install() throws Exception {
        Path build = Files.createDirectories(home.resolve("target/launch/build"));
        Files.writeString(home.resolve("target/launch/current"), "build\n");
        Files.writeString(build.resolve("started"), "");
        for (String file : List.of("kilonode", "jvm.options")) {
            Files.copy(Path.of("../..", file), home.resolve(file), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, urls(System.getProperty("java.class.path")));
        new JarOutputStream(Files.newOutputStream(build.resolve("classes.jar")), manifest).close();
        Path scenario = Files.writeString(home.resolve("tiny.yaml"), SCENARIO);
        Path results = home.resolve("results");
        Commands.Said said = Commands.kilonode(List.of("run", scenario.toString(), "--out", results.toString(), "-q"));
        assertThat(said.out()).as(String.join("\n", said.err())).isEmpty();
        run = results.resolve("latest").toRealPath();
    }

    private static String urls(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> new File(entry).toURI().toString())
                .collect(Collectors.joining(" "));
    }

    /** {@code $K} is the launcher, {@code $S} a scenario, {@code $R} a run; the working directory is empty. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
        results in a file              => $K run $S --out $S
        results below a file           => $K run $S --out $S/a/b
        a file instead of a folder     => mkdir r; touch r/tiny; $K run $S --out r
        a circle of links              => ln -s loop loop; $K run $S --out loop
        a name that is too long        => $K run $S --out $(printf %0300d 1)
        small files only               => ulimit -f 1; $K run $S --out r
        results deleted in mid-run     => (until [ -d r/tiny ]; do sleep 0.05; done; sleep 0.5; rm -rf r) & $K run $S --out r --set duration=10000h --set metrics.window=1h --time-budget 3s
        JUnit XML in a folder          => mkdir d; $K run $S --out r --junit d
        JUnit XML below a file         => $K run $S --out r --junit $S/j.xml
        a summary's name too long      => $K run $S --out r --summary-md $(printf %0300d 1)
        a suite in a file              => $K suite $S --out $S
        a forecast in a file           => $K forecast $S --horizon 5m --out $S
        a comparison below a file      => $K compare $R $R --html $S/c.html
        a baseline below a file        => $K baseline add $R --dir $S
        costs below a file             => $K costs measure --per-operation 1ms --out $S/c.yaml
        a report that cannot be made   => cp -r $R run; rm -rf run/charts; touch run/charts; $K report run
        a heap of nothing              => KILONODE_JAVA_OPTS=-Xmx8m $K run $S --out r
        a heap too small for the run   => KILONODE_JAVA_OPTS=-Xmx20m $K run $S --out r
        an option that nobody knows    => KILONODE_JAVA_OPTS=-XX:+Nonsense $K run $S --out r
        a heap larger than the machine => KILONODE_JAVA_OPTS=-Xmx100000g $K run $S --out r
        Java does something else       => KILONODE_JAVA_OPTS=-version $K run $S --out r
        another program's class        => KILONODE_JAVA_OPTS=NoSuchClass $K run $S --out r
        address space too small        => ulimit -v 200000; $K run $S --out r
        too few open files             => ulimit -n 20; $K run $S --out r
        no working directory           => mkdir gone; cd gone; rmdir ../gone; $K run $S
        no Java                        => JAVA_HOME=/nonexistent $K run $S --out r
        a jar is missing               => cp -r $(dirname $K) h; rm h/target/launch/build/*.jar; h/kilonode run $S --out r
        standard output is closed      => $K plan $S --format json >&-
        nobody reads standard output   => set -o pipefail; $K plan $S --format json | true
        """)
    void failuresOfTheEnvironmentAreNotReportedAsBugs(String what, String command) throws Exception {
        Said said = bash(command);
        assertThat(said.exit()).as(what + ": " + said.err()).isEqualTo(4);
        assertThat(said.err())
                .as(what)
                .doesNotContain("\tat ")
                .satisfies(err -> assertThat(err.lines().filter(line -> line.startsWith("kilonode: ENV")))
                        .hasSize(1));
        assertThat(said.lastLine())
                .as(what)
                .startsWith("kilonode: ENVIRONMENT (exit 4): ")
                .hasSizeBetween(60, 399);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
        names of any script            => 0 => cp $S größe-日本-עברית.yaml; LC_ALL=C $K validate größe-日本-עברית.yaml | grep 'ok größe-日本-עברית'
        a locale that is not there     => 0 => cp $S 日本.yaml; LC_ALL=xx_XX.UTF-8 $K validate 日本.yaml
        digits of another script       => 0 => KILONODE_JAVA_OPTS='-Duser.language=ar -Duser.country=EG' $K check $R --format json
        no standard input              => 0 => $K validate $S <&-
        standard output is not needed  => 2 => $K run no-such-file.yaml >&-
        """)
    void otherCommandsExitAsUsual(String what, int exit, String command) throws Exception {
        Said said = bash(command);
        assertThat(said.exit()).as(what + ": " + said.err()).isEqualTo(exit);
    }

    @Test
    void theJobSummaryFileAgrees() throws Exception {
        Said said = bash(
                "echo stale >j.xml; echo stale >s.md; $K run $S --name x --out $S --junit j.xml --summary-md s.md");
        String words = said.lastLine().replace("kilonode: ", "");
        assertThat(Files.readString(folder.resolve("j.xml"))).contains("kilonode.x", "<error message=\"" + words);
        assertThat(Files.readString(folder.resolve("s.md")))
                .contains("ERROR: x")
                .doesNotContain("stale");
    }

    @Test
    void aPipeAndStandardOutputGetTheFinalCopyOnly() throws Exception {
        Said said = bash("mkfifo p; cat p >got & $K run $S --out r -q --junit p --summary-md /dev/stdout >out; wait");
        assertThat(said.err()).contains("PASS (exit 0)");
        assertThat(Files.readString(folder.resolve("got")))
                .containsOnlyOnce("<testsuites>")
                .contains("errors=\"0\"");
        assertThat(Files.readString(folder.resolve("out")))
                .startsWith("## PASS")
                .containsOnlyOnce("## ");
        assertThat(Files.readAttributes(folder.resolve("p"), "*").get("isOther"))
                .isEqualTo(true);
    }

    private record Said(int exit, String err) {
        String lastLine() {
            return err.lines().reduce("", (before, line) -> line);
        }
    }

    private Said bash(String command) throws IOException, InterruptedException {
        Path err = folder.resolve("said");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectError(err.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("KILONODE_"));
        builder.environment().put("KILONODE_JAVA_OPTS", "-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("K", home.resolve("kilonode").toString());
        builder.environment().put("S", home.resolve("tiny.yaml").toString());
        builder.environment().put("R", run.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS))
                    .as(command)
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Said(process.exitValue(), Files.readString(err, StandardCharsets.UTF_8));
    }
}
