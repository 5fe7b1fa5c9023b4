package dev.kilonode.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a scenario in virtual time and hands what came of it to the test method, which takes a {@link TestnetRun}. Stands in place
 * of {@code @Test}. What the scenario's own checks say counts if the test asks for it: {@code assertThat(run).passes()}.
 *
 * <p>A run is made once for equal values of this annotation, however many methods carry it. Results are kept in
 * {@code target/kilonode}, or the folder that the system property {@code kilonode.out} names.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(TestnetExtension.class)
public @interface Testnet {

    /** The scenario's file, relative to the working directory of the tests, which build tools set to the module's folder. */
    String value();

    /** Seeds: the method runs once for each. None: the scenario's own. */
    long[] seeds() default {};

    /** As {@link #seeds()}, for one. */
    long[] seed() default {};

    /** Values to change, such as {@code nodes.count=50}. */
    String[] set() default {};
}
