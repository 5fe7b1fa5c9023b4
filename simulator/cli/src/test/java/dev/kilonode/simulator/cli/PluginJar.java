package dev.kilonode.simulator.cli;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes jars of designs from source, as a user does. */
final class PluginJar {

    private static final Path PAGE = Path.of("../..", "docs", "plugins.md");

    private PluginJar() {}

    /** What stands in {@code docs/plugins.md} in a block of that kind for a design that implements {@code provider}. */
    static String block(String kind, Class<?> provider) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("`" + provider.getName() + "`");
        Matcher block =
                Pattern.compile("```" + kind + "\\n(.*?)```", Pattern.DOTALL).matcher(page);
        if (from < 0 || !block.find(from)) throw new IllegalStateException("no block of " + kind + " in " + PAGE);
        return block.group(1);
    }

    /** Compiles {@code source} and packs it with a services file for {@code provider} that says {@code services}. */
    static Path of(Path jar, Class<?> provider, String source, String services) throws IOException {
        return of(jar, provider, source, services, System.getProperty("java.class.path"));
    }

    /** The same, compiled against another version of a type of Kilonode, of which {@code olderType} is the source. */
    static Path ofOlderApi(Path jar, Class<?> provider, String source, String services, String olderType)
            throws IOException {
        Path older = Files.createTempDirectory("older");
        String classPath = System.getProperty("java.class.path");
        compile(older, olderType, classPath);
        return of(jar, provider, source, services, older + File.pathSeparator + classPath);
    }

    private static Path of(Path jar, Class<?> provider, String source, String services, String classPath)
            throws IOException {
        Path classes = Files.createTempDirectory("plugin");
        compile(classes, source, classPath);
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                out.write(Files.readAllBytes(file));
            }
            out.putNextEntry(new JarEntry("META-INF/services/" + provider.getName()));
            out.write(services.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static void compile(Path classes, String source, String classPath) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Matcher name =
                Pattern.compile("public (?:final class|interface) (\\w+)").matcher(source);
        if (!name.find()) throw new IllegalArgumentException("no public type in " + source);
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.group(1) + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreErrors) {
                        return source;
                    }
                };
        StringWriter said = new StringWriter();
        List<String> options = List.of("-d", classes.toString(), "-cp", classPath, "-proc:none");
        boolean compiled =
                compiler.getTask(said, null, null, options, null, List.of(file)).call();
        if (!compiled) throw new IllegalStateException(said.toString());
    }
}
