package io.calque.engine;

import io.calque.engine.FakeSource.Behaviour;

/** A source of large tables t and u that are read by keys, and one of small tables s and r; each says how many rows it gave. */
final class BigAndSmall {
    static final int BIG = 5_000;
    static final int SMALL = 10;

    final FakeSource big = new FakeSource("a", 1, BIG, Behaviour.NORMAL, "t", "u").readingByKeys();
    final FakeSource small = new FakeSource("b", 1, SMALL, Behaviour.NORMAL, "s", "r");

    /**
     * @param settings name, value, name, value
     */
    EngineFixture fixture(String... settings) {
        return EngineFixture.over(big, small).with(settings);
    }
}
