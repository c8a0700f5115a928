package io.calque.planner.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class DocumentFunctionsTest {
    private static final String PATHS = String.join(
            DocumentFunctions.PATH, "a", "b" + DocumentFunctions.STEP + "c", "b" + DocumentFunctions.STEP + "d");

    @Test
    void nestsMembersAndLeavesOutNulls() {
        assertThat(DocumentFunctions.document(PATHS, 1L, true, "x\\"))
                .isEqualTo("{\"a\":1,\"b\":{\"c\":true,\"d\":\"x\\\\\"}}");
        assertThat(DocumentFunctions.document(PATHS, null, null, new BigDecimal("1E+3")))
                .isEqualTo("{\"b\":{\"d\":1000}}");
        assertThat(DocumentFunctions.document(PATHS, null, null, null)).isNull();
    }

    @Test
    void writesTextThatJsonCannotHoldAsItIs() {
        assertThat(DocumentFunctions.document("a", "\"\n\t\u0001é😀"))
                .isEqualTo("{\"a\":\"\\\"\\n\\u0009\\u0001é😀\"}");
        assertThat(DocumentFunctions.document("a", Double.NaN)).isEqualTo("{\"a\":\"NaN\"}");
    }
}
