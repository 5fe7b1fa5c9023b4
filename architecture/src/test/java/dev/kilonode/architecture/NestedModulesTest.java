package dev.kilonode.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher rebuilds, and {@code verify} counts, modules at any depth: on a tree of empty modules, with stand-ins for Maven and Java. */
@DisabledOnOs(OS.WINDOWS)
class NestedModulesTest {

    private static final long BOUND_SECONDS = 60;
    private static final String DEEP = "one/two/three";
    private static final Pattern PROGRAM = Pattern.compile("^program=(\\S+)", Pattern.MULTILINE);

    @TempDir
    Path home;

    /** The module whose jar the launcher runs. */
    private String program = "";

    private final Map<String, List<String>> modules = new LinkedHashMap<>();

    @BeforeEach
    void makeTree() throws IOException {
        for (String script : List.of("kilonode", "verify", "jvm.options")) copy(script);
        Matcher named = PROGRAM.matcher(Files.readString(home.resolve("kilonode")));
        assertThat(named.find()).as("the launcher names its module").isTrue();
        program = named.group(1);
        for (String leaf : List.of("flat", DEEP, "one/other", program)) add(leaf);
        for (var module : modules.entrySet()) {
            StringBuilder pom = new StringBuilder("<project>\n");
            for (String child : module.getValue()) pom.append("    <module>" + child + "</module>\n");
            write(module.getKey() + "/pom.xml", pom + "</project>\n");
            if (module.getValue().isEmpty()) write(module.getKey() + "/src/main/java/p/A.java", "");
        }
        write(DEEP + "/src/main/java/p/B.java", "");
        write(
                "bin/mvn",
                "#!/bin/sh\necho built >>'" + home + "/builds'\ncd '" + home + "/" + program
                        + "'\nmkdir -p target/lib\ntouch target/kilonode-x.jar target/lib/y.jar\n");
        write("jdk/bin/java", "#!/bin/sh\nexit 100\n"); // as our program ends
        write("jdk/bin/javac", "");
        write("jdk/release", "JAVA_VERSION=\"17.0.1\"\n");
        for (String made : List.of("bin/mvn", "jdk/bin/java", "jdk/bin/javac")) {
            assertThat(home.resolve(made).toFile().setExecutable(true)).isTrue();
        }
    }

    private void copy(String script) throws IOException {
        Path copied = Files.copy(ProjectFiles.ROOT.resolve(script), home.resolve(script));
        assertThat(copied.toFile().setExecutable(true)).isTrue();
    }

    /** A module, and those above it. */
    private void add(String path) {
        String parent = "";
        for (String name : path.split("/")) {
            List<String> siblings = modules.computeIfAbsent(parent, above -> new ArrayList<>());
            if (!siblings.contains(name)) siblings.add(name);
            parent = parent.isEmpty() ? name : parent + "/" + name;
        }
        modules.putIfAbsent(parent, new ArrayList<>());
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve(file.startsWith("/") ? file.substring(1) : file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private record Ended(int exit, String printed) {}

    private Ended run(String... command) throws Exception {
        File printed = home.resolve("printed").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed);
        builder.environment().keySet().removeIf(name -> name.startsWith("KILONODE_"));
        builder.environment().merge("PATH", home.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(printed.toPath()));
    }

    /** Runs the launcher. @return how often it has built so far */
    private int builds() throws Exception {
        Ended ended = run("./kilonode", "version");
        assertThat(ended.exit()).as(ended.printed()).isZero();
        return Files.readAllLines(home.resolve("builds")).size();
    }

    @Test
    void theLauncherBuildsAgainWhenAModuleAtAnyDepthHasChanged() throws Exception {
        assertThat(builds()).isEqualTo(1);
        assertThat(builds()).as("nothing has changed").isEqualTo(1);
        write(DEEP + "/src/main/java/p/B.java", "class B {}");
        assertThat(builds()).as("a source").isEqualTo(2);
        Files.delete(home.resolve(DEEP + "/src/main/java/p/B.java"));
        assertThat(builds()).as("a source that is gone").isEqualTo(3);
        write(DEEP + "/pom.xml", "<project></project>");
        assertThat(builds()).as("a pom").isEqualTo(4);
        write("one/other/src/main/resources/r.txt", "");
        assertThat(builds()).as("a resource").isEqualTo(5);
        Files.delete(home.resolve("flat/src/main/java/p/A.java"));
        Files.delete(home.resolve("flat/src/main/java/p"));
        Files.delete(home.resolve("flat/src/main/java"));
        Files.delete(home.resolve("flat/src/main"));
        assertThat(builds()).as("a folder that is gone").isEqualTo(6);
        write(DEEP + "/target/classes/p/A.class", "");
        write(DEEP + "/src/test/java/p/ATest.java", "");
        assertThat(builds()).as("folders in which tests begin").isEqualTo(7);
        write(DEEP + "/src/test/java/p/ATest.java", "class ATest {}");
        write(DEEP + "/target/classes/p/A.class", "made");
        assertThat(builds()).as("a test, and what is made").isEqualTo(7);
    }

    @Test
    void theLauncherRunsTheJarsOfItsModule() throws Exception {
        builds();
        Path launch = home.resolve("target/launch");
        Path build = launch.resolve(Files.readString(launch.resolve("current")).strip());
        assertThat(build.resolve("kilonode-x.jar")).exists();
        assertThat(build.resolve("y.jar")).exists();
    }

    @Test
    void afterABuildThatWasCutOffNothingMadeIsTakenForWhole() throws Exception {
        for (String module : List.of("flat", DEEP)) {
            write(module + "/target/classes/p/A.class", "half");
            write(module + "/target/maven-status/list", "");
            write(module + "/target/half.jar", "");
        }
        write("target/launch/unfinished", "");
        builds();
        for (String module : List.of("flat", DEEP)) {
            assertThat(home.resolve(module).resolve("target")).as(module).isEmptyDirectory();
        }
    }

    private void report(String module, int tests, int skipped, int failures, String reason) throws IOException {
        StringBuilder text = new StringBuilder("<testsuite name=\"t\" errors=\"0\" skipped=\"" + skipped + "\" tests=\""
                + tests + "\" failures=\"" + failures + "\">\n");
        for (int i = 0; i < skipped; i++) {
            text.append("<testcase name=\"t\">\n<skipped " + reason + "</skipped>\n</testcase>\n");
        }
        write(module + "/target/surefire-reports/TEST-t.xml", text + "</testsuite>\n");
    }

    private void reportAll() throws IOException {
        for (var module : modules.entrySet()) {
            if (module.getValue().isEmpty()) report(module.getKey(), 20, 0, 0, "");
        }
    }

    @Test
    void verifyCountsModulesAtAnyDepth() throws Exception {
        reportAll();
        report(DEEP, 33, 0, 0, "");
        Ended ended = run("./verify", "--count");
        assertThat(ended.exit()).as(ended.printed()).isZero();
        assertThat(ended.printed())
                .containsPattern("reports, one/two/three +33 tests, 0 failures")
                .containsPattern("reports, one/other +20 tests")
                .containsPattern("reports, flat +20 tests")
                .doesNotContainPattern("reports, one +")
                .contains("93 passed, 0 failed, 0 skipped");
    }

    @Test
    void aNestedModuleWithoutATestThatRanFails() throws Exception {
        reportAll();
        Files.delete(home.resolve(DEEP + "/target/surefire-reports/TEST-t.xml"));
        Ended ended = run("./verify", "--count");
        assertThat(ended.exit()).as(ended.printed()).isEqualTo(1);
        assertThat(ended.printed()).contains("FAILED  reports, one/two/three: no test ran");
    }

    @Test
    void aFailureInANestedModuleFails() throws Exception {
        reportAll();
        report(DEEP, 20, 0, 2, "");
        Ended ended = run("./verify", "--count");
        assertThat(ended.exit()).as(ended.printed()).isEqualTo(1);
        assertThat(ended.printed()).contains("78 passed, 2 failed, 0 skipped");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "11, type='t'><![CDATA[t: Assumption failed: a busy machine, 0",
                "12, type='t'><![CDATA[t: Assumption failed: a busy machine, 1",
                "15, type='t'><![CDATA[t: Assumption failed: kernel: no pipes, 0",
                "15, message=\"kernel: no pipes\">, 0"
            })
    void testsThatGiveUpAreBoundedButForWantOfAFeatureOfTheKernel(int skipped, String reason, int exit)
            throws Exception {
        reportAll();
        report(DEEP, 20, skipped, 0, reason);
        Ended ended = run("./verify", "--count");
        assertThat(ended.exit()).as(ended.printed()).isEqualTo(exit);
        assertThat(ended.printed()).contains(" " + skipped + " skipped");
        if (exit != 0) assertThat(ended.printed()).contains("FAILED  12 tests gave up, expected 11 at most");
        if (reason.contains("kernel"))
            assertThat(ended.printed()).contains("15 of the skipped lack a feature of this kernel");
    }
}
