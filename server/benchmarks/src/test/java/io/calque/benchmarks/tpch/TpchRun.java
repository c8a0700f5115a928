package io.calque.benchmarks.tpch;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One way to ask one query.
 *
 * @param pushdown {@code on}, {@code off}, or {@code bound}: on, and keys sent wherever they can be
 */
record TpchRun(int query, TpchSplit split, String pushdown) {
    /** 22 queries over each split, in each way. */
    static Stream<TpchRun> all() {
        return Arrays.stream(TpchSplit.values())
                .flatMap(split -> IntStream.rangeClosed(1, 22)
                        .boxed()
                        .flatMap(query ->
                                Stream.of("on", "off", "bound").map(pushdown -> new TpchRun(query, split, pushdown))));
    }

    @Override
    public String toString() {
        return "Q%02d, %s split, pushdown %s".formatted(query, split, pushdown);
    }
}
