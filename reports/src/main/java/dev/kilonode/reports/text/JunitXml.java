package dev.kilonode.reports.text;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import dev.kilonode.reports.story.Format;
import dev.kilonode.reports.story.Story;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A test case for the run itself, so that the file is never empty, and one for each check. Fail is a failure; a check that is inconclusive is
 * skipped, since it neither passed nor failed; a run that did not go to its end is an error.
 */
public final class JunitXml {

    private static final int MOST_CHARS = 4_000;

    private JunitXml() {}

    /** The whole file. */
    public static String of(Story story) {
        var text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            write(story, xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing XML to memory", e);
        }
        return text + "\n";
    }

    private static void write(Story story, XMLStreamWriter xml) throws XMLStreamException {
        boolean whole = !story.verdict().equals("CRASHED")
                && !story.verdict().equals("ABORTED")
                && !story.verdict().equals("RUNNING");
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", clean("kilonode." + story.title()));
        xml.writeAttribute("tests", Integer.toString(1 + story.checks().size()));
        xml.writeAttribute("failures", Long.toString(count(story, Status.FAIL)));
        xml.writeAttribute("errors", whole ? "0" : "1");
        xml.writeAttribute(
                "skipped",
                Long.toString(
                        count(story, Status.INCONCLUSIVE) + (story.verdict().equals("INCONCLUSIVE") ? 1 : 0)));
        start(xml, story, "run");
        if (!whole) {
            problem(xml, "error", story.verdict() + ": " + story.headline());
        } else if (story.verdict().equals("INCONCLUSIVE")) {
            problem(xml, "skipped", story.verdict() + ": " + story.headline());
        }
        out(
                xml,
                story.verdict() + ": " + story.headline() + "\n" + story.facts() + "\n"
                        + String.join("\n", story.warnings()));
        xml.writeEndElement();
        for (CheckResult check : story.checks()) {
            xml.writeCharacters("\n  ");
            check(xml, story, check);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private static void check(XMLStreamWriter xml, Story story, CheckResult check) throws XMLStreamException {
        Long worst = check.worstAtMs();
        String found = Format.measured(check) + " was " + Format.actual(check) + ", limit " + check.op() + " "
                + Format.limit(check)
                + (worst == null || check.op().startsWith(">") ? "" : ", worst at " + Format.time(worst)) + ": "
                + Format.explanation(check);
        start(xml, story, check.id());
        if (check.status() == Status.FAIL) {
            problem(xml, "failure", found);
        } else if (check.status() == Status.INCONCLUSIVE) {
            problem(xml, "skipped", "inconclusive: " + found);
        }
        out(xml, check.status().word() + ": " + found);
        xml.writeEndElement();
    }

    private static void start(XMLStreamWriter xml, Story story, String name) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", clean("kilonode." + story.title()));
        xml.writeAttribute("name", clean(name));
    }

    private static void problem(XMLStreamWriter xml, String element, String message) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("message", clean(message));
        xml.writeEndElement();
    }

    private static void out(XMLStreamWriter xml, String text) throws XMLStreamException {
        xml.writeStartElement("system-out");
        xml.writeCharacters(clean(text));
        xml.writeEndElement();
    }

    private static long count(Story story, Status status) {
        return story.checks().stream().filter(c -> c.status() == status).count();
    }

    /** Only what XML 1.0 can hold: the rest cannot even be escaped. */
    static String clean(String raw) {
        String cut = raw.length() > MOST_CHARS ? raw.substring(0, MOST_CHARS) + "…" : raw;
        var out = new StringBuilder(cut.length());
        cut.codePoints().forEach(c -> {
            boolean allowed = c == '\t'
                    || c == '\n'
                    || c == '\r'
                    || (c >= 0x20 && c < 0xd800)
                    || (c >= 0xe000 && c < 0xfffe)
                    || c >= 0x10000;
            out.appendCodePoint(allowed ? c : 0xfffd);
        });
        return out.toString();
    }
}
