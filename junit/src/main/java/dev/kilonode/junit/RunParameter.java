package dev.kilonode.junit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Hands the run to the test method, and says where its report is when the method fails. */
final class RunParameter implements ParameterResolver, TestExecutionExceptionHandler {

    private static final ExtensionContext.Namespace RUNS = ExtensionContext.Namespace.create(RunParameter.class);

    private final TestnetRunner.Order order;
    private @Nullable TestnetRun run;

    RunParameter(TestnetRunner.Order order) {
        this.order = order;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestnetRun.class;
    }

    @Override
    public TestnetRun resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            TestnetRun made =
                    context.getRoot().getStore(RUNS).computeIfAbsent(order, TestnetRunner::run, TestnetRun.class);
            run = made;
            return made;
        } catch (TestnetException e) {
            throw new ParameterResolutionException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        TestnetRun made = run;
        if (made != null) {
            context.publishReportEntry("kilonode.report", made.report().toString());
            System.err.println("kilonode: " + context.getDisplayName() + " failed; its report: " + made.report());
        }
        throw failure;
    }
}
