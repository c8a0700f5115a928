package io.calque.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Times all of them, or those that {@code calque.micro.include} names, a JVM each; only with the profile that has JMH write its code. */
@EnabledIfSystemProperty(named = "calque.micro", matches = "true")
class MicroBenchmarksIT {
    @Test
    void areTimed() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(System.getProperty("calque.micro.include", "io\\.calque\\..*Benchmark"))
                        .shouldFailOnError(true)
                        .build())
                .run();
        assertThat(results).isNotEmpty();
    }
}
