package dev.kilonode.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What ARCHITECTURE.md and CONTRIBUTING.md say of the structure is so. */
class DocumentsTest {

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|Contract))`");
    private static final Pattern DEPENDENCY = Pattern.compile("<artifactId>kilonode-(\\w+)</artifactId>");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)(?:#[^)]*)?\\)");

    @Test
    void theModulesAndWhatTheyUseAreThoseOfThePoms() {
        Map<String, Set<String>> told = new TreeMap<>();
        for (List<String> row : table("ARCHITECTURE.md", "| module |")) {
            told.put(quoted(row.get(0)).get(0), new TreeSet<>(quoted(row.get(2))));
        }
        Map<String, Set<String>> actual = new TreeMap<>();
        for (String module : ProjectFiles.modules()) {
            String pom = ProjectFiles.read(ProjectFiles.ROOT.resolve(module).resolve("pom.xml"));
            if (!pom.contains("<packaging>pom</packaging>")) actual.put(module, dependencies(pom));
        }
        assertThat(told).isEqualTo(actual);
    }

    /** Of the module's code; test jars of other modules are not among them. */
    private static Set<String> dependencies(String pom) {
        String code = pom.replaceFirst("(?s)<parent>.*?</parent>\\s*<artifactId>.*?</artifactId>", "")
                .replaceAll("(?s)<profiles>.*</profiles>", "");
        Set<String> used = new TreeSet<>();
        Matcher matcher = DEPENDENCY.matcher(code);
        while (matcher.find()) used.add(matcher.group(1));
        return used;
    }

    @Test
    void theTenChangesNameFilesThatExist() {
        List<List<String>> rows = table("CONTRIBUTING.md", "| change |");
        assertThat(rows).hasSizeGreaterThanOrEqualTo(10);
        Set<String> missing = new TreeSet<>();
        for (List<String> row : rows) {
            List<String> paths = new ArrayList<>(quoted(row.get(1)));
            assertThat(paths).as("files of " + row.get(0)).isNotEmpty();
            paths.addAll(quoted(row.get(2)));
            for (String path : paths) {
                if (!java.nio.file.Files.exists(ProjectFiles.ROOT.resolve(path))) missing.add(row.get(0) + ": " + path);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void testsThatDocumentsNameExist() {
        Set<String> tests = ProjectFiles.below(ProjectFiles.ROOT).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java"))
                .map(name -> name.substring(0, name.length() - ".java".length()))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> missing = new TreeSet<>();
        int named = 0;
        for (Path page : pages()) {
            Matcher matcher = TEST.matcher(ProjectFiles.read(page));
            while (matcher.find()) {
                named++;
                if (!tests.contains(matcher.group(1))) missing.add(page.getFileName() + ": " + matcher.group(1));
            }
        }
        assertThat(named).as("tests that documents name").isGreaterThan(10);
        assertThat(missing).isEmpty();
    }

    @Test
    void linksBetweenDocumentsLeadSomewhere() {
        Set<String> dead = new TreeSet<>();
        int links = 0;
        for (Path page : pages()) {
            Matcher matcher = LINK.matcher(ProjectFiles.read(page));
            while (matcher.find()) {
                links++;
                Path target = page.resolveSibling(matcher.group(1));
                if (!java.nio.file.Files.exists(target)) dead.add(page.getFileName() + ": " + matcher.group(1));
            }
        }
        assertThat(links).as("links looked at").isGreaterThan(20);
        assertThat(dead).isEmpty();
    }

    private static List<Path> pages() {
        return ProjectFiles.below(ProjectFiles.ROOT).stream()
                .filter(file -> file.toString().endsWith(".md"))
                .toList();
    }

    /** Cells of the rows of the table that begins with {@code head}. */
    private static List<List<String>> table(String page, String head) {
        List<List<String>> rows = new ArrayList<>();
        boolean within = false;
        for (String line : ProjectFiles.lines(ProjectFiles.ROOT.resolve(page))) {
            if (line.startsWith(head)) within = true;
            else if (!line.startsWith("|")) within = false;
            else if (within && !line.startsWith("|---")) {
                rows.add(List.of(line.substring(1).strip().split("\\s*\\|\\s*", -1)));
            }
        }
        assertThat(rows).as("rows of the table " + head + " in " + page).isNotEmpty();
        return rows;
    }

    private static List<String> quoted(String cell) {
        List<String> found = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(cell);
        while (matcher.find()) found.add(matcher.group(1));
        return found;
    }
}
