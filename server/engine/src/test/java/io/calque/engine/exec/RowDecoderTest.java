package io.calque.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.type.DataType;
import org.junit.jupiter.api.Test;

class RowDecoderTest {
    @Test
    void readsNegativeZeroAsZero() {
        assertThat(RowDecoder.decoder(DataType.DOUBLE).apply(-0.0)).isEqualTo(0.0);
        assertThat(RowDecoder.decoder(DataType.REAL).apply(-0.0)).isEqualTo(0.0f);
        assertThat(RowDecoder.decoder(DataType.DOUBLE).apply(-1.5)).isEqualTo(-1.5);
    }
}
