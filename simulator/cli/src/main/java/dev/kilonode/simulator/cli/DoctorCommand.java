package dev.kilonode.simulator.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kilonode.simulator.run.EnvironmentChecks;
import dev.kilonode.simulator.run.ExitCode;
import java.util.List;
import java.util.Locale;

/** {@code doctor}: checks this machine, and says how to fix what is missing. */
final class DoctorCommand implements Command<CommonFlags> {
    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public String summary() {
        return "checks this machine: Java, cores, memory, disk, signatures, charts, sockets";
    }

    @Override
    public CommonFlags newFlags() {
        return new CommonFlags();
    }

    @Override
    public CommandResult run(CommonFlags flags, Console console) {
        List<EnvironmentChecks.Finding> findings = EnvironmentChecks.all();
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        long failed = 0;
        for (EnvironmentChecks.Finding finding : findings) {
            String grade = finding.grade().name().toLowerCase(Locale.ROOT);
            json.addObject()
                    .put("what", finding.what())
                    .put("grade", grade)
                    .put("found", finding.found())
                    .put("remedy", finding.remedy());
            if (finding.grade() == EnvironmentChecks.Grade.FAIL) failed++;
            if (!flags.json() && !(flags.quiet && finding.grade() == EnvironmentChecks.Grade.OK)) {
                String remedy = finding.remedy().isEmpty() ? "" : "; " + finding.remedy();
                console.out()
                        .println(String.format(
                                Locale.ROOT, "%-4s %-10s %s%s", grade, finding.what(), finding.found(), remedy));
            }
        }
        if (flags.json()) console.out().println(json.toPrettyString());
        return failed == 0
                ? new CommandResult(ExitCode.PASS, "this machine can run Kilonode")
                : new CommandResult(ExitCode.ENVIRONMENT, failed + " of " + findings.size() + " examinations failed");
    }
}
