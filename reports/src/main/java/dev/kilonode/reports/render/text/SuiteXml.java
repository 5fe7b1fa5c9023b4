package dev.kilonode.reports.render.text;

import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;

/**
 * {@code junit.xml} of a suite: one test suite per scenario, one test case per run. The class name of a case is {@code
 * kilonode.suite.<scenario>}, its name {@code seed <n>}. Inconclusive, stopped and unstarted runs are errors, so that they do not look like
 * a pass.
 */
public final class SuiteXml {

    private SuiteXml() {}

    /** The whole file. */
    public static String of(Suite suite) {
        Map<String, List<SuiteRun>> byScenario = suite.runs().stream()
                .collect(Collectors.groupingBy(SuiteRun::scenario, LinkedHashMap::new, Collectors.toList()));
        return XmlText.of(xml -> {
            for (Map.Entry<String, List<SuiteRun>> one : byScenario.entrySet()) {
                scenario(one.getKey(), one.getValue(), xml);
            }
        });
    }

    private static void scenario(String name, List<SuiteRun> runs, XmlText xml) throws XMLStreamException {
        xml.start(
                "testsuite",
                "name",
                "kilonode.suite." + name,
                "tests",
                Integer.toString(runs.size()),
                "failures",
                Long.toString(
                        runs.stream().filter(r -> fault(r).equals("failure")).count()),
                "errors",
                Long.toString(
                        runs.stream().filter(r -> fault(r).equals("error")).count()),
                "skipped",
                "0");
        for (SuiteRun run : runs) {
            xml.start(
                    "testcase",
                    "classname",
                    "kilonode.suite." + name,
                    "name",
                    run.id(),
                    "time",
                    String.format(Locale.ROOT, "%.3f", run.wallMs() / 1e3));
            String words = run.state().word() + ": " + run.words();
            if (!fault(run).isEmpty()) {
                xml.problem(fault(run), words);
            }
            xml.out(words + "\n" + run.file() + ", " + (run.directory() == null ? "no results" : run.directory()));
            xml.end();
        }
        xml.end();
    }

    private static String fault(SuiteRun run) {
        return switch (run.state()) {
            case PASS -> "";
            case FAIL -> "failure";
            default -> "error";
        };
    }
}
