package io.calque.benchmarks.servers;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names of databases on servers of others, which no database there has: {@code calque_bench_<six digits>_<name>}. */
final class BenchName {
    private static final SecureRandom RANDOM = new SecureRandom();

    private BenchName() {}

    static String of(String name) {
        byte[] bytes = new byte[3];
        RANDOM.nextBytes(bytes);
        return "calque_bench_" + HexFormat.of().formatHex(bytes) + "_" + name;
    }
}
