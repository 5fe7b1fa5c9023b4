package dev.kilonode.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "15s, 15000000000",
        "0s, 0",
        "300ms, 300000000",
        "0.3ms, 300000",
        "7.68us, 7680",
        "10ns, 10",
        "1h30m, 5400000000000",
        "1d2h3m4s5ms6us7ns, 93784005006007",
        "5min, 300000000000",
        "33h, 118800000000000"
    })
    void durationsAreExact(String text, long nanos) {
        assertThat(Units.duration(text)).isEqualTo(Duration.ofNanos(nanos));
        assertThat(Units.duration(Durations.text(Duration.ofNanos(nanos)))).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @CsvSource({
        "4MiB, 4194304",
        "50MB, 50000000",
        "1KiB, 1024",
        "1.5kB, 1500",
        "0B, 0",
        "2GiB, 2147483648",
        "1TB, 1000000000000"
    })
    void bytesAreExact(String text, long count) {
        assertThat(Units.bytes(text).count()).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({
        "8bps, 1",
        "1kbps, 125",
        "100Mbps, 12500000",
        "1Gbps, 125000000",
        "2MB/s, 2000000",
        "1MiB/s, 1048576",
        "1024kB/s, 1024000"
    })
    void bandwidthsAreBytesPerSecond(String text, double bytesPerSecond) {
        assertThat(Units.bandwidth(text).bytesPerSecond()).isEqualTo(bytesPerSecond);
    }

    @Test
    void ratiosAndFrequenciesAreReadInTheirUnits() {
        assertThat(Units.ratio("5%").value()).isEqualTo(0.05);
        assertThat(Units.ratio("0%").value()).isZero();
        assertThat(Units.ratio("100%").value()).isEqualTo(1);
        assertThat(Units.ratio("0.15%").value()).isEqualTo(0.0015);
        assertThat(Units.frequency("8/s").perSecond()).isEqualTo(8);
        assertThat(Units.frequency("30/min").perSecond()).isEqualTo(0.5);
        assertThat(Units.frequency("36/h").perSecond()).isEqualTo(0.01);
        assertThat(Units.frequency("0/d").perSecond()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "duration  | 15          | got 15, expected a duration; write 15s",
                "duration  | -15         | got -15, expected a duration, 0 or more; write 15s",
                "duration  | -15s        | got \"-15s\", expected a duration; write 15s, 300ms or 1h30m",
                "duration  | 30m1h       | got \"30m1h\", expected a duration; write larger units first, such as 1h30m",
                "duration  | 15sec       | got \"15sec\", expected a duration; write one of the units d h m min s ms"
                        + " us ns",
                "duration  | 15S         | got \"15S\", expected a duration; write 15s",
                "duration  | 0.5ns       | got \"0.5ns\", expected a duration; write a whole number of ns",
                "duration  | 999999999d  | got \"999999999d\", expected a duration; write less than"
                        + " 9223372036854775807ns",
                "duration  | NaN         | got \"NaN\", expected a duration; write 15s, 300ms or 1h30m",
                "bytes     | 4096        | got 4096, expected a size in bytes; write 4096B",
                "bytes     | 4mib        | got \"4mib\", expected a size in bytes; write 4MiB",
                "bytes     | 0.5B        | got \"0.5B\", expected a size in bytes; write a whole number of B",
                "bytes     | 99999999TB  | got \"99999999TB\", expected a size in bytes; write less than"
                        + " 9223372036854775807B",
                "bandwidth | 0Mbps       | got \"0Mbps\", expected a bandwidth above 0; write 100Mbps or 2MB/s",
                "bandwidth | 1000        | got 1000, expected a bandwidth; write 1000B/s",
                "ratio     | 0.05        | got 0.05, expected a ratio from 0% to 100%; write 5%",
                "ratio     | 5           | got 5, expected a ratio from 0% to 100%; write 5%",
                "ratio     | 101%        | got \"101%\", expected a ratio from 0% to 100%; write 100% or less",
                "frequency | 8           | got 8, expected a frequency; write 8/s",
                "frequency | 8Hz         | got \"8Hz\", expected a frequency; write one of the units /s /min /h /d",
                "frequency | Infinity/s  | got \"Infinity/s\", expected a frequency; write 8/s, 30/min or 2/h"
            })
    void errorsSayWhatToWrite(String kind, String text, String message) {
        assertThatThrownBy(() -> parse(kind, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Object parse(String kind, String text) {
        return switch (kind) {
            case "duration" -> Units.duration(text);
            case "bytes" -> Units.bytes(text);
            case "bandwidth" -> Units.bandwidth(text);
            case "ratio" -> Units.ratio(text);
            default -> Units.frequency(text);
        };
    }
}
