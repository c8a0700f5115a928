package io.calque.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.avatica.FrameBenchmark;
import io.calque.jdbc.postgresql.CopyBenchmark;
import io.calque.jdbc.sqlite.StoredValuesBenchmark;
import io.calque.mongodb.cursor.DocumentBenchmark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That each benchmark runs and gives the right answer, which each checks itself before it is timed; not how fast it is. */
class MicroBenchmarksTest {
    @ParameterizedTest
    @EnumSource
    void operatorsGiveTheRightAnswer(OperatorBenchmark.Operator operator) {
        OperatorBenchmark benchmark = new OperatorBenchmark();
        benchmark.operator = operator;
        benchmark.prepare();
        assertThat(benchmark.run()).isPositive();
        benchmark.close();
    }

    @Test
    void framesAreReadAsWritten() throws Exception {
        FrameBenchmark benchmark = new FrameBenchmark();
        benchmark.prepare();
        assertThat(benchmark.write().remaining()).isPositive();
    }

    @Test
    void decodersReadWhatTheirDriversRead() throws Exception {
        DocumentBenchmark documents = new DocumentBenchmark();
        documents.prepare();
        assertThat(documents.intoDocuments()).isPositive();
        new CopyBenchmark().prepare();
        new StoredValuesBenchmark().prepare();
    }
}
