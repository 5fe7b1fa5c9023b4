package dev.kilonode.reports.render.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.Reporter;
import dev.kilonode.reports.SyntheticRun;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class JunitXmlTest {

    @TempDir
    Path root;

    @Test
    void everyCheckHasACaseWithAnIdThatDoesNotHangOnItsOutcome() throws Exception {
        Document xml = made(SyntheticRun.degraded(root));
        assertThat(names(xml)).containsExactly("run", "upload-p95", "drops", "identity", "host-cpu", "recovery");
        assertThat(suite(xml).getAttribute("tests")).isEqualTo("6");
        assertThat(suite(xml).getAttribute("failures")).isEqualTo("2");
        assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(2);
    }

    @Test
    void anInconclusiveCheckIsAnErrorSoThatNobodyTakesItForAPass() throws Exception {
        Document xml = made(SyntheticRun.degraded(root));
        Element error = (Element) xml.getElementsByTagName("error").item(0);
        assertThat(((Element) error.getParentNode()).getAttribute("name")).isEqualTo("recovery");
        assertThat(error.getAttribute("message")).startsWith("inconclusive: upload.latency trend was no data");
        assertThat(suite(xml).getAttribute("errors")).isEqualTo("1");
    }

    @Test
    void aRunWithoutChecksStillHasACase() throws Exception {
        Document xml = made(SyntheticRun.twoSeconds(root));
        assertThat(names(xml)).containsExactly("run");
        assertThat(xml.getElementsByTagName("error").getLength()).isEqualTo(1);
    }

    @Test
    void aKilledRunHasACaseThatSaysSo() throws Exception {
        Document xml = made(SyntheticRun.killed(root));
        assertThat(names(xml)).containsExactly("run");
        assertThat(((Element) xml.getElementsByTagName("error").item(0)).getAttribute("message"))
                .startsWith("INCONCLUSIVE (exit 3): ")
                .contains("crashed or was killed", "10 h of 33 h planned");
    }

    @Test
    void aRunThatHasOnlyBegunIsAnErrorUntilItHasEnded() throws Exception {
        Document xml = parse(JunitXml.begun("</script>\"'&\u202e\u0000\ud800" + "x".repeat(10_000)));
        assertThat(names(xml)).containsExactly("run");
        assertThat(suite(xml).getAttribute("errors")).isEqualTo("1");
        assertThat(suite(xml).getAttribute("name")).startsWith("kilonode.</script>\"'&");
    }

    private static Document made(Path run) throws Exception {
        assertThat(Reporter.write(run, false).title()).isNotEmpty();
        return parse(Files.readString(run.resolve("junit.xml")));
    }

    static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static Element suite(Document xml) {
        return (Element) xml.getElementsByTagName("testsuite").item(0);
    }

    private static List<String> names(Document xml) {
        var names = new ArrayList<String>();
        var cases = xml.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            names.add(((Element) cases.item(i)).getAttribute("name"));
        }
        return names;
    }
}
