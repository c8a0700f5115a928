package io.calque.planner.lowering;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Variance and standard deviation. Exact numbers are summed exactly and rounded once; doubles follow Welford (1962), which keeps the digits of large, close
 * numbers. One nested class for each aggregate, as Calcite wants them; accumulators are single-threaded.
 */
public final class Deviation {
    /** Digits behind the point before the declared scale rounds them. */
    private static final int WORKING_SCALE = 60;

    private Deviation() {}

    /** Count, sum and sum of squares of decimals, without limit. */
    public static final class Exact {
        private long count;
        private BigDecimal sum = BigDecimal.ZERO;
        private BigDecimal squares = BigDecimal.ZERO;

        Exact add(BigDecimal value) {
            count++;
            sum = sum.add(value);
            squares = squares.add(value.multiply(value));
            return this;
        }

        @Nullable BigDecimal variance(boolean sample) {
            if (count == 0 || sample && count == 1) {
                return null;
            }
            BigDecimal n = BigDecimal.valueOf(count);
            BigDecimal numerator = n.multiply(squares).subtract(sum.multiply(sum));
            BigInteger divisor = BigInteger.valueOf(count).multiply(BigInteger.valueOf(sample ? count - 1 : count));
            return numerator.divide(new BigDecimal(divisor), WORKING_SCALE, RoundingMode.HALF_UP);
        }

        @Nullable BigDecimal deviation(boolean sample) {
            BigDecimal variance = variance(sample);
            return variance == null
                    ? null
                    : variance.sqrt(
                            new MathContext(Math.max(1, variance.precision() - variance.scale()) + WORKING_SCALE));
        }
    }

    /** Count, mean and the sum of squared distances from it. */
    public static final class Running {
        private long count;
        private double mean;
        private double distances;

        Running add(double value) {
            count++;
            double before = value - mean;
            mean += before / count;
            distances += before * (value - mean);
            return this;
        }

        @Nullable Double variance(boolean sample) {
            if (count == 0 || sample && count == 1) {
                return null;
            }
            return distances / (sample ? count - 1 : count);
        }

        @Nullable Double deviation(boolean sample) {
            Double variance = variance(sample);
            return variance == null ? null : Math.sqrt(variance);
        }
    }

    /** VAR_POP of exact numbers. */
    public static final class ExactVarPop {
        public Exact init() {
            return new Exact();
        }

        public Exact add(Exact accumulator, BigDecimal value) {
            return accumulator.add(value);
        }

        public @Nullable BigDecimal result(Exact accumulator) {
            return accumulator.variance(false);
        }
    }

    /** VAR_POP of doubles. */
    public static final class VarPop {
        public Running init() {
            return new Running();
        }

        public Running add(Running accumulator, double value) {
            return accumulator.add(value);
        }

        public @Nullable Double result(Running accumulator) {
            return accumulator.variance(false);
        }
    }

    /** VAR_SAMP of exact numbers. */
    public static final class ExactVarSamp {
        public Exact init() {
            return new Exact();
        }

        public Exact add(Exact accumulator, BigDecimal value) {
            return accumulator.add(value);
        }

        public @Nullable BigDecimal result(Exact accumulator) {
            return accumulator.variance(true);
        }
    }

    /** VAR_SAMP of doubles. */
    public static final class VarSamp {
        public Running init() {
            return new Running();
        }

        public Running add(Running accumulator, double value) {
            return accumulator.add(value);
        }

        public @Nullable Double result(Running accumulator) {
            return accumulator.variance(true);
        }
    }

    /** STDDEV_POP of exact numbers. */
    public static final class ExactStddevPop {
        public Exact init() {
            return new Exact();
        }

        public Exact add(Exact accumulator, BigDecimal value) {
            return accumulator.add(value);
        }

        public @Nullable BigDecimal result(Exact accumulator) {
            return accumulator.deviation(false);
        }
    }

    /** STDDEV_POP of doubles. */
    public static final class StddevPop {
        public Running init() {
            return new Running();
        }

        public Running add(Running accumulator, double value) {
            return accumulator.add(value);
        }

        public @Nullable Double result(Running accumulator) {
            return accumulator.deviation(false);
        }
    }

    /** STDDEV_SAMP of exact numbers. */
    public static final class ExactStddevSamp {
        public Exact init() {
            return new Exact();
        }

        public Exact add(Exact accumulator, BigDecimal value) {
            return accumulator.add(value);
        }

        public @Nullable BigDecimal result(Exact accumulator) {
            return accumulator.deviation(true);
        }
    }

    /** STDDEV_SAMP of doubles. */
    public static final class StddevSamp {
        public Running init() {
            return new Running();
        }

        public Running add(Running accumulator, double value) {
            return accumulator.add(value);
        }

        public @Nullable Double result(Running accumulator) {
            return accumulator.deviation(true);
        }
    }
}
