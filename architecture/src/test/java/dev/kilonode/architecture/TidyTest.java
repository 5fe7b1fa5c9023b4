package dev.kilonode.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The house rules that need no compiler, over the sources of all modules and the files beside them. */
class TidyTest {

    private static final Path ROOT = ProjectFiles.ROOT;
    private static final List<String> MODULES = ProjectFiles.modules();

    private static final int LONGEST_FILE = 500;
    private static final int SHORTEST_ROLE = 20;
    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Set<String> TEXT = Set.of(
            "java",
            "xml",
            "md",
            "yaml",
            "yml",
            "json",
            "sh",
            "js",
            "css",
            "html",
            "properties",
            "txt",
            "config",
            "",
            "kilonode",
            "verify",
            "run",
            "NOTICE",
            "LICENSE",
            "gitignore");

    private static final Pattern VAGUE_CLASS = Pattern.compile(".*(Manager|Helper|Helpers|Util|Utils)\\.java");
    private static final Set<String> VAGUE_PACKAGE =
            Set.of("util", "utils", "common", "impl", "helper", "helpers", "misc");
    // Written so that this file does not match itself
    private static final Pattern OWN_MACHINE = Pattern.compile("(?<![\\w.*-])/(work|root|home/\\w+)(?=/\\w)");
    private static final Pattern JDK_FOLDER = Pattern.compile("/usr/lib/[j]vm");
    private static final Pattern REGISTRY =
            Pattern.compile("repo1?[.]maven|repo[.]maven[.]apache|registry[.]npmjs|deb[.]debian|oss[.]sonatype");

    @Test
    void theScanSeesTheWholeTree() {
        assertThat(ROOT.resolve("pom.xml")).exists();
        assertThat(MODULES).contains("node", "reports", "simulator/kernel", "simulator/cli", "junit");
        Set<String> empty = new TreeSet<>();
        for (String module : MODULES) {
            String pom = ProjectFiles.read(ROOT.resolve(module).resolve("pom.xml"));
            boolean sources = !javaFiles(module, "main").isEmpty();
            boolean tests = !javaFiles(module, "test").isEmpty();
            if (!pom.contains("<packaging>pom</packaging>") && !sources && !tests) empty.add(module);
        }
        assertThat(empty).as("modules without a file").isEmpty();
    }

    @Test
    void everyPackageSaysItsRole() {
        Set<String> breaches = new TreeSet<>();
        for (String module : MODULES) {
            for (Path file : javaFiles(module, "main")) {
                Path words = file.resolveSibling("package-info.java");
                boolean said = java.nio.file.Files.exists(words) && role(words).length() >= SHORTEST_ROLE;
                if (!said) breaches.add(shown(file.resolveSibling("")));
            }
        }
        assertThat(breaches)
                .as("packages whose package-info does not say what the package is for")
                .isEmpty();
    }

    private static String role(Path packageInfo) {
        Matcher comment = COMMENT.matcher(ProjectFiles.read(packageInfo));
        return comment.find() ? comment.group(1).replaceAll("[\\s*]+", " ").strip() : "";
    }

    /** Names that were given up, by package: a class of that name says that an old habit is back. */
    @Test
    void namesThatWereGivenUpStayAway() {
        Set<String> breaches = new TreeSet<>();
        Map<String, Set<String>> gone = new TreeMap<>();
        ProjectFiles.resource("former-names.txt")
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> {
                    String[] sides = line.split(":", 2);
                    gone.put(sides[0].strip(), Set.of(sides[1].strip().split("\\s+")));
                });
        assertThat(gone).isNotEmpty();
        for (Path file : everyJavaFile()) {
            String name = file.getFileName().toString().replace(".java", "");
            String folder = file.resolveSibling("")
                            .toString()
                            .replace(file.getFileSystem().getSeparator(), ".") + ".";
            gone.forEach((part, names) -> {
                if (folder.contains("." + part + ".") && names.contains(name)) breaches.add(shown(file));
            });
        }
        assertThat(breaches)
                .as("classes named as they were before; see CONTRIBUTING.md")
                .isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(offences(
                        file -> file.endsWith("package-info.java"), line -> null, text -> text.contains("@NullMarked")))
                .as("package-info files without @NullMarked")
                .isEmpty();
    }

    @Test
    void noFileIsLongerThanFiveHundredLines() {
        Map<String, Integer> tooLong = new TreeMap<>();
        for (Path file : everyJavaFile()) {
            int lines = ProjectFiles.lines(file).size();
            if (lines > LONGEST_FILE) {
                tooLong.put(shown(file), lines);
            }
        }
        assertThat(tooLong)
                .as("files over " + LONGEST_FILE + " lines: split them by what they do")
                .isEmpty();
    }

    @Test
    void namesSayWhatThingsDo() {
        Set<String> breaches = new TreeSet<>();
        for (Path file : everyJavaFile()) {
            boolean vague = VAGUE_CLASS.matcher(file.getFileName().toString()).matches()
                    || VAGUE_PACKAGE.contains(packageWord(file));
            if (vague) {
                breaches.add(shown(file));
            }
        }
        assertThat(breaches)
                .as("name the thing a class or package is, not Manager, Helper, util or common")
                .isEmpty();
    }

    @Test
    void noFileNamesAPathOfOneMachine() {
        assertThat(offences(
                        file -> true,
                        line -> OWN_MACHINE.matcher(line).find() ? "a path of one machine" : null,
                        text -> true))
                .as("paths that exist on one machine only; write them relative to the repository")
                .isEmpty();
        assertThat(offences(
                        file -> !file.equals(ROOT.resolve("verify")),
                        line -> JDK_FOLDER.matcher(line).find() ? "a folder of JDKs" : null,
                        text -> true))
                .as("only ./verify looks for JDKs there; use JAVA_HOME")
                .isEmpty();
    }

    @Test
    void noFileNamesAPackageRegistry() {
        assertThat(offences(
                        file -> true, line -> REGISTRY.matcher(line).find() ? "a registry's host" : null, text -> true))
                .as("which registry to ask is the business of the machine's own settings")
                .isEmpty();
    }

    /** Files and lines for which {@code complaint} has a word, and files whose text is not as it should be. */
    private static Set<String> offences(
            Predicate<Path> of, Function<String, @Nullable String> complaint, Predicate<String> asItShouldBe) {
        Set<String> found = new TreeSet<>();
        List<Path> files = ProjectFiles.below(ROOT).stream()
                .filter(TidyTest::isText)
                .filter(of)
                .toList();
        assertThat(files).as("files looked at").isNotEmpty();
        for (Path file : files) {
            List<String> lines = ProjectFiles.lines(file);
            if (!asItShouldBe.test(String.join("\n", lines))) {
                found.add(shown(file));
            }
            for (int i = 0; i < lines.size(); i++) {
                String word = complaint.apply(lines.get(i));
                if (word != null) {
                    found.add(shown(file) + ":" + (i + 1) + ": " + word + ": "
                            + lines.get(i).trim());
                }
            }
        }
        return found;
    }

    private static boolean isText(Path file) {
        String name = file.getFileName().toString();
        return TEXT.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static List<Path> everyJavaFile() {
        return MODULES.stream()
                .flatMap(module -> Stream.of("main", "test").flatMap(kind -> javaFiles(module, kind).stream()))
                .toList();
    }

    private static List<Path> javaFiles(String module, String kind) {
        return ProjectFiles.below(ROOT.resolve(Path.of(module, "src", kind, "java"))).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    /** The last word of the package that {@code file} lies in. */
    private static String packageWord(Path file) {
        return file.getName(file.getNameCount() - 2).toString();
    }

    private static String shown(Path file) {
        return ROOT.relativize(file).toString();
    }
}
