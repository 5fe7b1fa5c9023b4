package dev.kilonode.reports.render.html;

import dev.kilonode.reports.model.ReportModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Data and scripts of a page with charts, all embedded. {@code data}, {@code echarts} and {@code code} are written into script elements
 * unescaped.
 *
 * @param verdict shown where scripts do not run
 * @param headline shown where scripts do not run
 * @param pictures title to PNG in base 64, shown where scripts do not run
 * @param data the charts as JSON, escaped for a script element
 * @param echarts the chart library, deflated, in base 64
 * @param code our scripts
 */
record ChartScripts(
        String verdict, String headline, Map<String, String> pictures, String data, String echarts, String code) {

    private static final String ECHARTS = "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.min.js";

    /**
     * The scripts of a page.
     *
     * @param timeline whether to add a chart of phases and moments
     * @param pictures title to PNG
     */
    static ChartScripts of(
            ReportModel model, String verdict, String headline, boolean timeline, Map<String, byte[]> pictures)
            throws IOException {
        var encoded = new LinkedHashMap<String, String>();
        pictures.forEach((title, png) -> encoded.put(title, Base64.getEncoder().encodeToString(png)));
        return new ChartScripts(
                verdict,
                headline,
                encoded,
                ChartData.json(model, timeline),
                deflated(load(ECHARTS)),
                resource("numbers.js") + resource("report.js"));
    }

    /** A style sheet or script next to this class. */
    static String resource(String name) throws IOException {
        return new String(load("/dev/kilonode/reports/render/html/" + name), StandardCharsets.UTF_8);
    }

    private static String deflated(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var deflate = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION))) {
            deflate.write(bytes);
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private static byte[] load(String path) throws IOException {
        try (InputStream in = ChartScripts.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("missing in the class path: " + path);
            }
            return in.readAllBytes();
        }
    }
}
