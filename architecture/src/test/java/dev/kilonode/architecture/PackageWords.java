package dev.kilonode.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each package says of itself in its package-info: its role, and after "May use:" the packages it is allowed. */
final class PackageWords {

    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\bpackage\\s+([\\w.]+)\\s*;");
    private static final Pattern MAY_USE = Pattern.compile("May use:(.*?)(?:\\.\\s|\\.?$)", Pattern.DOTALL);

    private PackageWords() {}

    /** The package-info of every package below {@code sources}, by package name; the comment without its stars. */
    static Map<String, String> in(Path sources) {
        Map<String, String> comments = new TreeMap<>();
        for (Path file : TidyTest.filesBelow(sources)) {
            if (!file.endsWith("package-info.java")) {
                continue;
            }
            String text = read(file);
            Matcher name = NAME.matcher(text);
            Matcher comment = COMMENT.matcher(text);
            if (name.find()) {
                comments.put(
                        name.group(1),
                        comment.find()
                                ? comment.group(1)
                                        .replaceAll("\\s*\\n\\s*\\*\\s?", " ")
                                        .trim()
                                : "");
            }
        }
        return comments;
    }

    /**
     * The packages that {@code comment} allows.
     *
     * @param known every package by its full name; the comment may leave out the part that all packages of its module, or of
     *     the node, share
     */
    static Set<String> allowed(String owner, String comment, Set<String> known) {
        Matcher mayUse = MAY_USE.matcher(comment);
        if (!mayUse.find()) {
            return Set.of();
        }
        Set<String> words = Stream.of(mayUse.group(1).split("[^\\w.]+"))
                .map(word -> word.replaceAll("^\\.+|\\.+$", ""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String module = module(owner);
        return known.stream()
                .filter(name -> words.stream()
                        .anyMatch(word -> within(name, word)
                                || within(name, module + "." + word)
                                || within(name, "dev.kilonode." + word)
                                || within(name, "dev.kilonode.node." + word)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** dev.kilonode.node of dev.kilonode.node.wire. */
    static String module(String name) {
        return Stream.of(name.split("\\.")).limit(3).collect(Collectors.joining("."));
    }

    private static boolean within(String name, String outer) {
        return name.equals(outer) || name.startsWith(outer + ".");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path file) {
        return read(file).lines().toList();
    }
}
