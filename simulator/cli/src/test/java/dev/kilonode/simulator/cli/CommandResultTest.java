package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.run.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The last line, and what stands before it. */
class CommandResultTest {

    @Test
    void aLineBreakInAnIdDoesNotCutTheLine() {
        CommandResult verdict = new CommandResult(
                ExitCode.FAIL, "1 of 2 checks failed: a\nb\u001b[31m\u202ec", Path.of("r", "report.html"));
        assertThat(verdict.line()).isEqualTo("kilonode: FAIL (exit 1): 1 of 2 checks failed: a bc: r/report.html");
    }

    @Test
    void longMessagesAreShortenedAndThePathStaysWhole() {
        for (int length : new int[] {1, 200, 250}) {
            Path path = Path.of("d".repeat(length), "report.html");
            CommandResult verdict =
                    new CommandResult(ExitCode.INCONCLUSIVE, "check " + "x".repeat(5_000) + " end", path);
            assertThat(verdict.line())
                    .hasSizeLessThan(400)
                    .hasSizeGreaterThan(390)
                    .endsWith(" end: " + path);
            assertThat(verdict.cutsReport()).isFalse();
        }
    }

    @Test
    void theEndOfATooLongPathIsShown() {
        Path path = Path.of("d".repeat(250), "e".repeat(250), "report.html");
        CommandResult verdict = new CommandResult(ExitCode.FAIL, "1 of 2 checks failed: a", path);
        assertThat(verdict.line())
                .hasSizeLessThan(400)
                .startsWith("kilonode: FAIL (exit 1): 1 of 2 checks failed: a: …")
                .endsWith("eee/report.html");
        assertThat(verdict.cutsReport()).isTrue();
    }

    @Test
    void theRemedyStaysAtTheEnd() {
        CommandResult verdict =
                new CommandResult(ExitCode.ENVIRONMENT, "cannot use " + "d/".repeat(900) + "; write --out");
        assertThat(verdict.line())
                .hasSizeLessThan(400)
                .startsWith("kilonode: ENVIRONMENT (exit 4): cannot use d/d/")
                .endsWith("; write --out");
    }

    @Test
    void textOfUsersCannotIssueCommands() {
        var out = new ByteArrayOutputStream();
        var plain = new PrintableStream(new PrintStream(out, true, StandardCharsets.UTF_8));
        plain.println("file.yaml\n  ::error::x\n::add-mask::y $1 \\ a::b ##[group]z \u001b[2J");
        PrintableStream.raw(plain).println("::error::ours");
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "file.yaml", "  : :error::x", ": :add-mask::y $1 \\ a::b ## [group]z ", "::error::ours");
    }

    @Test
    void textQuotedForAShellStaysOnOneLine() {
        assertThat(RunFlags.quoted("a b'c.yaml")).isEqualTo("'a b'\\''c.yaml'");
        assertThat(RunFlags.quoted("größe 日本.yaml")).isEqualTo("'größe 日本.yaml'");
        assertThat(RunFlags.quoted("a\nb'\u202e.yaml")).isEqualTo("$'a\\U0000000ab\\'\\U0000202e.yaml'");
    }
}
