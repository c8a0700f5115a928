package io.calque.testkit.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Seeded choices. Single-threaded. */
public final class Dice {
    private final Random random;

    public Dice(long seed) {
        // Neighbouring seeds of java.util.Random begin alike.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L ^ seed >>> 7);
    }

    /** True once in so many throws. */
    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    public boolean chance(double share) {
        return share() < share;
    }

    /** From 0, included, to 1, not included. */
    public double share() {
        return random.nextDouble();
    }

    /** Both ends included. */
    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    public long anyLong() {
        return random.nextLong();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    public <T> List<T> shuffled(List<T> all) {
        List<T> copy = new ArrayList<>(all);
        Collections.shuffle(copy, random);
        return copy;
    }
}
