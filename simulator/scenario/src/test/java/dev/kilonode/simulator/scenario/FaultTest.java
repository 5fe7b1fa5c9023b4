package dev.kilonode.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.config.Setting;
import dev.kilonode.simulator.settings.Capability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {
    private static List<Class<?>> records(Class<?> sealed) {
        List<Class<?>> records = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isRecord()) records.add(permitted);
            else records.addAll(records(permitted));
        }
        return records;
    }

    @Test
    void eachRecordHasOneKind() {
        List<Class<?>> kinds = new ArrayList<>();
        for (Fault.Kind kind : Fault.Kind.values()) kinds.add(kind.type());
        assertThat(kinds)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(10)
                .containsExactlyInAnyOrderElementsOf(records(Fault.class));
    }

    /** The description of the key tells which kinds virtual time lacks; that follows from their capabilities. */
    @Test
    void theDescriptionOfTheKindIsTrue() {
        String text = Fault.Choice.class
                .getRecordComponents()[0]
                .getAnnotation(Setting.class)
                .value();
        List<String> everywhere = new ArrayList<>();
        List<String> wallOnly = new ArrayList<>();
        for (Fault.Kind kind : Fault.Kind.values()) {
            (Capability.VIRTUAL_TIME.containsAll(kind.needs()) ? everywhere : wallOnly).add(Keys.of(kind));
        }
        String[] halves = text.split("; in wall time also ");
        assertThat(halves[0].split(", | or ")).containsExactlyElementsOf(everywhere);
        assertThat(halves[1].split(", | and ")).containsExactlyElementsOf(wallOnly);
    }

    @Test
    void aFaultHasTheKeysOfItsPartsOnly() {
        assertThat(FaultShape.keysOf(Fault.Kind.KILL))
                .containsExactly("kind", "name", "at", "lasting", "share", "region");
        assertThat(FaultShape.keysOf(Fault.Kind.SLOW_CPU)).contains("factor").doesNotContain("peers");
        assertThat(FaultShape.keysOf(Fault.Kind.DEAF)).contains("peers", "rate").doesNotContain("factor");
        assertThat(Arrays.asList(Fault.Kind.values()))
                .allSatisfy(kind -> assertThat(Keys.of(Fault.class)).containsAll(FaultShape.keysOf(kind)));
    }
}
