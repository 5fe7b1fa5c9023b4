package dev.kilonode.reports.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void aLineIsOneLine() {
        assertThat(PlainText.line("a\nb\r\nc\rd\u0085e\u2028f\u2029g\u000bh\ti\u0000j", 100))
                .isEqualTo("a b c d e f g h i j");
    }

    @Test
    void nothingIsLeftOfWhatATerminalObeys() {
        assertThat(PlainText.line("\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u009b2Jx \u001b(B", 100))
                .isEqualTo("red  x  (B");
    }

    @Test
    void nothingTurnsTheDirectionOrHides() {
        assertThat(PlainText.line("a\u202eb\u2066c\u2069d\u200ee\u061cf\u200bg\ufeffh\udb40\udc41i", 100))
                .isEqualTo("abcdefghi");
    }

    @Test
    void wordsOfAllScriptsAreKept() {
        String words = "größe-日本 نمی\u200cخواهم 👩\u200d💻 עברית";
        assertThat(PlainText.line(words, 100)).isEqualTo(words);
    }

    @Test
    void whatCannotBeEncodedIsReplaced() {
        assertThat(PlainText.line("a\ud800b\udc00c\uffffd", 100)).isEqualTo("a\ufffdb\ufffdc\ufffdd");
    }

    @Test
    void cuttingKeepsCharactersWhole() {
        String pairs = "😀".repeat(10);
        for (int most = 1; most < 20; most++) {
            assertThat(PlainText.line(pairs, most))
                    .hasSizeLessThanOrEqualTo(most)
                    .endsWith("…");
            assertThat(PlainText.middle(pairs, most))
                    .hasSizeLessThanOrEqualTo(most)
                    .contains("…");
            assertThat(PlainText.line(PlainText.middle(pairs, most), 100)).doesNotContain("\ufffd");
        }
        assertThat(PlainText.line("12345", 5)).isEqualTo("12345");
        assertThat(PlainText.middle("123456789", 5)).isEqualTo("12…89");
    }

    @Test
    void severalLinesStaySeveral() {
        assertThat(PlainText.lines("a\n\tb\u001b[1m\u202ec\r\nd")).isEqualTo("a\n\tbc\nd");
    }
}
