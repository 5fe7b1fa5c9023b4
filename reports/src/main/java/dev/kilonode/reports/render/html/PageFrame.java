package dev.kilonode.reports.render.html;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** What every page has around its content: the policy that forbids any request, the styles, the data, the scripts that draw them. */
final class PageFrame {

    private static final String ECHARTS = "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.min.js";

    private PageFrame() {}

    /** From the doctype to the body's start. */
    static String head(String title, List<String> styles) throws IOException {
        var css = new StringBuilder();
        for (String style : styles) {
            css.append(resource(style));
        }
        return """
                <!doctype html><html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; \
                style-src 'unsafe-inline'; img-src data: blob:">
                <link rel="icon" href="data:,"><title>%s</title>
                <style>%s</style></head><body>""".formatted(Html.text(title), css);
    }

    /**
     * From what shows without scripts to the end.
     *
     * @param data     the charts, as {@link ChartData} makes them
     * @param pictures title to PNG, shown where scripts do not run
     */
    static String foot(String verdict, String headline, String data, Map<String, byte[]> pictures) throws IOException {
        var page = new StringBuilder();
        page.append("<noscript><div class=\"fallback\"><p><strong>")
                .append(verdict)
                .append(":</strong> ");
        page.append(Html.text(headline)).append(".</p>\n");
        pictures.forEach((title, png) -> page.append("<img alt=\"")
                .append(Html.text(title))
                .append("\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(png))
                .append("\">\n"));
        page.append("</div></noscript>\n");
        page.append("<script type=\"application/json\" id=\"data\">")
                .append(data)
                .append("</script>\n");
        page.append("<script type=\"text/plain\" id=\"echarts\">")
                .append(deflated(load(ECHARTS)))
                .append("</script>\n");
        page.append("<script>").append(resource("numbers.js")).append(resource("report.js"));
        return page.append("</script></body></html>").toString();
    }

    private static String deflated(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var deflate = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION))) {
            deflate.write(bytes);
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private static String resource(String name) throws IOException {
        return new String(load("/dev/kilonode/reports/render/html/" + name), StandardCharsets.UTF_8);
    }

    private static byte[] load(String path) throws IOException {
        try (InputStream in = PageFrame.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("missing in the class path: " + path);
            }
            return in.readAllBytes();
        }
    }
}
