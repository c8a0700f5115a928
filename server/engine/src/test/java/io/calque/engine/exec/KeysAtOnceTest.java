package io.calque.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class KeysAtOnceTest {
    private static KeysAtOnce after(int reads, IntToDoubleFunction nanosPerKey) {
        KeysAtOnce keys = new KeysAtOnce(200);
        for (int i = 0; i < reads; i++) {
            keys.took(keys.size(), nanosPerKey.applyAsDouble(keys.size()));
        }
        return keys;
    }

    /** A server that pays for each request has a million nanoseconds divided among the keys. */
    @Test
    void sendsMoreWhereARoundTripIsDear() {
        assertThat(after(60, size -> 1_000 + 1e6 / size).size()).isGreaterThanOrEqualTo(3_200);
    }

    @Test
    void staysSmallWhereEachKeyIsComparedWithAllOthers() {
        assertThat(after(60, size -> 2_000 + 80.0 * size).size()).isLessThanOrEqualTo(200);
    }

    @Test
    void neverSendsMoreThanTheMost() {
        assertThat(after(200, size -> 1e9 / size).size()).isLessThanOrEqualTo(KeysAtOnce.MOST);
    }

    @Test
    void learnsNothingFromTheLastReadOfASet() {
        KeysAtOnce keys = new KeysAtOnce(200);
        for (int i = 0; i < 10; i++) {
            keys.took(7, 1);
        }
        assertThat(keys.size()).isEqualTo(200);
    }
}
