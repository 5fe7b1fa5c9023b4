package dev.kilonode.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.kilonode.architecture.violation.clock.ReadsTheClock;
import dev.kilonode.architecture.violation.files.OpensFiles;
import dev.kilonode.architecture.violation.math.UsesInexactMath;
import dev.kilonode.architecture.violation.random.DrawsItsOwn;
import dev.kilonode.architecture.violation.threads.StartsThreads;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of {@link Determinism}, over the project and over classes that break them. */
class DeterminismTest {

    @Test
    void whatDecidesEventsIsDeterministic() {
        JavaClasses deciding = Classes.ALL.that(DECIDES);
        assertThat(deciding.size()).as("classes that decide events").isGreaterThan(200);
        for (ArchRule rule : Determinism.rules(DECIDES)) rule.check(Classes.ALL);
    }

    @Test
    void nobodySeedsASecureRandom() {
        noClasses()
                .should()
                .callConstructor(SecureRandom.class, byte[].class)
                .because("new SecureRandom(seed) repeats on some JDKs only; draw from a random stream of the run")
                .check(Classes.ALL);
    }

    /** An exemption that nothing needs would let in what nobody meant. */
    @Test
    void everyExemptionIsNeeded() {
        for (String name : Determinism.EXEMPT) {
            DescribedPredicate<JavaClass> exempt = DescribedPredicate.describe(name, type -> within(type, name));
            JavaClasses classes = Classes.ALL.that(exempt);
            assertThat(classes.size()).as("classes of " + name).isPositive();
            long broken = Determinism.rules(exempt).stream()
                    .filter(rule -> rule.evaluate(classes).hasViolation())
                    .count();
            assertThat(broken).as("rules that " + name + " breaks").isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                StartsThreads.class,
                OpensFiles.class,
                ReadsTheClock.class,
                DrawsItsOwn.class,
                UsesInexactMath.class
            })
    void aClassThatBreaksOneRuleIsFound(Class<?> type) {
        JavaClasses classes = new ClassFileImporter().importClasses(type);
        List<ArchRule> rules = Determinism.rules(DescribedPredicate.alwaysTrue());
        assertThat(rules.stream()
                        .filter(rule -> rule.evaluate(classes).hasViolation())
                        .count())
                .as("rules that " + type.getSimpleName() + " breaks")
                .isEqualTo(1);
        assertThatThrownBy(() -> rules.forEach(rule -> rule.check(classes))).hasMessageContaining(type.getSimpleName());
    }

    private static final DescribedPredicate<JavaClass> DECIDES = DescribedPredicate.describe(
            "decide events", type -> Determinism.EXEMPT.stream().noneMatch(name -> within(type, name)));

    /** Whether {@code type} is what {@code name} exempts: the class, or one of the package, or with {@code ..} of a package below. */
    private static boolean within(JavaClass type, String name) {
        String full = "dev.kilonode." + name.replace("..", "");
        return type.getPackageName().equals(full)
                || type.getName().equals(full)
                || type.getName().startsWith(full + "$")
                || name.endsWith("..") && type.getPackageName().startsWith(full + ".");
    }
}
