package dev.kilonode.reports.render.text;

import dev.kilonode.reports.model.ReportModel;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/**
 * {@code junit.xml} of a run: one test case for the run itself, so that the file is never empty, and one per check. The class name of a
 * case is {@code kilonode.<run name>}, its name is {@code run} or the check's id; both are the same for every run and result.
 *
 * <p>A failed check is a failure. An inconclusive check is an error, not a skipped test: CI systems treat skipped tests as harmless, and
 * too few data must not look like a pass. For the same reason a run that did not reach its end, or that has nothing to judge, is an error.
 */
public final class JunitXml {

    private JunitXml() {}

    /** The file of a run that has data. */
    public static String of(ReportModel model) {
        return XmlText.of(xml -> write(model, xml));
    }

    /**
     * The preliminary file of a run that has just started. If the run is killed, this file remains and says so.
     *
     * @param name name of the run
     */
    public static String begun(String name) {
        return error(name, "NOT ENDED: the run began and has not ended; if its process is gone, it was killed");
    }

    /**
     * The file if there was no run, or none that could be reported.
     *
     * @param name name of the run, or of what was to be run
     * @param words the reason
     */
    public static String error(String name, String words) {
        return XmlText.of(xml -> {
            suite(xml, name, 1, 0, 1);
            testCase(xml, name, "run");
            xml.problem("error", words);
            xml.end();
            xml.end();
        });
    }

    private static void write(ReportModel model, XmlText xml) throws XMLStreamException {
        List<CheckResult> checks = model.checks();
        String fault = fault(model);
        boolean failed = fault.equals("failure");
        suite(
                xml,
                model.title(),
                1 + checks.size(),
                count(model, Status.FAIL) + (failed ? 1 : 0),
                count(model, Status.INCONCLUSIVE) + (fault.equals("error") ? 1 : 0));
        testCase(xml, model.title(), "run");
        String words = model.verdictWithExit() + ": " + model.reason();
        String warnings = String.join("\n", model.warnings());
        if (!fault.isEmpty()) {
            xml.problem(fault, warnings.isEmpty() ? words : words + "\n" + warnings);
        }
        xml.out(words + "\n" + model.headline() + "\n" + model.facts() + "\n" + warnings);
        xml.end();
        for (CheckResult check : checks) {
            check(xml, model.title(), check);
        }
        xml.end();
    }

    /** Problem of the run itself, whatever its checks say: {@code error}, {@code failure} or nothing. */
    private static String fault(ReportModel model) {
        return switch (model.verdict()) {
            case "PASS" -> "";
            // a failed run without a failed check failed for another reason
            case "FAIL" -> count(model, Status.FAIL) > 0 ? "" : "failure";
            default -> "error";
        };
    }

    private static void check(XmlText xml, String run, CheckResult check) throws XMLStreamException {
        String found = CheckText.found(check);
        testCase(xml, run, check.id());
        if (check.status() == Status.FAIL) {
            xml.problem("failure", found);
        } else if (check.status() == Status.INCONCLUSIVE) {
            xml.problem("error", "inconclusive: " + found);
        }
        xml.out(check.status().word() + ": " + found + "\nactual " + check.actual() + ", limit " + check.limit()
                + " in the metric's unit, from " + check.samples() + " samples");
        xml.end();
    }

    private static void suite(XmlText xml, String name, int tests, long failures, long errors)
            throws XMLStreamException {
        xml.start(
                "testsuite",
                "name",
                "kilonode." + name,
                "tests",
                Integer.toString(tests),
                "failures",
                Long.toString(failures),
                "errors",
                Long.toString(errors),
                "skipped",
                "0");
    }

    private static void testCase(XmlText xml, String run, String name) throws XMLStreamException {
        xml.start("testcase", "classname", "kilonode." + run, "name", name);
    }

    private static long count(ReportModel model, Status status) {
        return model.checks().stream().filter(c -> c.status() == status).count();
    }
}
