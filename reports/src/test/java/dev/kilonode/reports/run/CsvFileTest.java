package dev.kilonode.reports.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes that are written, and which records of a truncated file count. */
class CsvFileTest {

    @TempDir
    Path folder;

    @Test
    void fieldsAreQuotedOnlyWhereTheyMustBe() {
        assertThat(CsvFile.text(
                        "a,b",
                        List.of(new Object[] {1, ""}, new Object[] {"x,y", "\"\n\r"}, new Object[] {"#1", " z "})))
                .isEqualTo("a,b\n1,\n\"x,y\",\"\"\"\n\r\"\n#1, z \n");
    }

    @ParameterizedTest
    @CsvSource({
        "'h\n1,2\n', 1",
        "'h\n1,2', 0",
        "'h\n1,2\n3,\"4\"', 1",
        "'h\n1,2\n3,\"4\n', 1",
        "'h\n1,\"2\n\"\n', 1",
        "'h\r\n1,2\r\n', 1",
        "'h\n\n1,2\n', 2",
        "'h', 0",
        "'', 0"
    })
    void aLastRecordWithoutItsLineFeedIsLeftOut(String text, int records) throws IOException {
        Path file = Files.writeString(folder.resolve("f.csv"), text);
        var read = new ArrayList<List<String>>();
        assertThat(CsvFile.read(file, read::add)).isTrue();
        assertThat(read).hasSize(records);
    }

    @Test
    void aFileThatIsNoCsvIsNotReadToItsEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("f.csv"), "h\n1\n\"2\"3\n4\n");
        var read = new ArrayList<List<String>>();
        assertThat(CsvFile.read(file, read::add)).isFalse();
        assertThat(read).hasSizeLessThan(3);
    }

    @Test
    void aSingleRecordMustCloseItsQuotes() {
        assertThat(CsvFile.fields("1,\"a,\"\"b\",")).containsExactly("1", "a,\"b", "");
        assertThatThrownBy(() -> CsvFile.fields("1,\"2")).isInstanceOf(CsvParseException.class);
    }
}
