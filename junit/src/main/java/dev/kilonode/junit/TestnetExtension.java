package dev.kilonode.junit;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes one invocation of a {@link Testnet} method for each seed. Public, since JUnit makes it. */
public final class TestnetExtension implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), Testnet.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        Testnet testnet =
                AnnotationSupport.findAnnotation(method, Testnet.class).orElseThrow();
        if (!Arrays.asList(method.getParameterTypes()).contains(TestnetRun.class)) {
            throw new IllegalStateException(
                    method.getName() + " takes no TestnetRun, so nothing would be judged; write void "
                            + method.getName() + "(TestnetRun run)");
        }
        long[] seeds = LongStream.concat(LongStream.of(testnet.seed()), LongStream.of(testnet.seeds()))
                .distinct()
                .toArray();
        if (seeds.length < testnet.seed().length + testnet.seeds().length) {
            throw new IllegalStateException("@Testnet on " + method.getName() + " names a seed twice");
        }
        List<String> set = List.of(testnet.set());
        if (seeds.length == 0) {
            return Stream.of(new Invocation(new TestnetRunner.Order(testnet.value(), null, set)));
        }
        return LongStream.of(seeds)
                .mapToObj(seed -> new Invocation(new TestnetRunner.Order(testnet.value(), seed, set)));
    }

    private record Invocation(TestnetRunner.Order order) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return order.file() + (order.seed() == null ? "" : ", seed " + order.seed());
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new RunParameter(order));
        }
    }
}
