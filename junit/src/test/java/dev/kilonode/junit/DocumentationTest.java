package dev.kilonode.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows compiles. */
class DocumentationTest {

    private static final Path PAGE = Path.of("..", "docs", "junit.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\nclass (\\w+)");

    @TempDir
    Path folder;

    @Test
    void theExampleCompiles() throws Exception {
        Matcher blocks = JAVA.matcher(Files.readString(PAGE));
        int seen = 0;
        while (blocks.find()) {
            Matcher name = NAME.matcher(blocks.group(1));
            assertThat(name.find()).as(blocks.group(1)).isTrue();
            Path source = Files.writeString(folder.resolve(name.group(1) + ".java"), blocks.group(1));
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            var said = new StringWriter();
            assertThat(compiler.getTask(
                                    said,
                                    null,
                                    null,
                                    List.of("-d", folder.toString(), "-proc:none"),
                                    null,
                                    compiler.getStandardFileManager(null, null, null)
                                            .getJavaFileObjects(source))
                            .call())
                    .as(said.toString())
                    .isTrue();
            seen++;
        }
        assertThat(seen).isPositive();
    }
}
