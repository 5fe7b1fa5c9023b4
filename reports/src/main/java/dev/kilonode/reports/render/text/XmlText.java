package dev.kilonode.reports.render.text;

import dev.kilonode.reports.model.PlainText;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes JUnit XML to memory, one element per line; well-formed for any names and messages. */
final class XmlText {

    private static final int MOST_CHARS = 4_000;

    private final XMLStreamWriter xml;
    private int depth;
    private boolean leaf;

    /** Content of the element {@code testsuites}. */
    interface Content {
        void write(XmlText xml) throws XMLStreamException;
    }

    private XmlText(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** The whole file. */
    static String of(Content content) {
        var text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            var out = new XmlText(xml);
            out.start("testsuites");
            content.write(out);
            out.end();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing XML to memory", e);
        }
        return text + "\n";
    }

    /** @param attributes names and values, alternating */
    void start(String element, String... attributes) throws XMLStreamException {
        line();
        xml.writeStartElement(element);
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], PlainText.line(attributes[i + 1], MOST_CHARS));
        }
        depth++;
        leaf = true;
    }

    void end() throws XMLStreamException {
        depth--;
        if (!leaf) {
            line();
        }
        xml.writeEndElement();
        leaf = false;
    }

    /** @param element {@code failure} or {@code error} */
    void problem(String element, String message) throws XMLStreamException {
        start(element, "message", message);
        end();
    }

    void out(String text) throws XMLStreamException {
        start("system-out");
        xml.writeCharacters(clean(text));
        end();
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    /** Replaces characters that XML 1.0 cannot represent, even escaped. */
    static String clean(String raw) {
        return PlainText.lines(raw.length() > MOST_CHARS ? raw.substring(0, MOST_CHARS) + "…" : raw);
    }
}
