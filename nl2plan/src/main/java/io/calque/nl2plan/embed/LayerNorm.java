package io.calque.nl2plan.embed;

/** Brings a vector to mean 0 and variance 1, then scales and shifts it (Ba et al., 2016). Immutable. */
record LayerNorm(float[] weight, float[] bias) {
    private static final double TINY = 1e-12;

    static LayerNorm of(OnnxWeights weights, String name) {
        return new LayerNorm(weights.vector(name + ".weight"), weights.vector(name + ".bias"));
    }

    /** In place. */
    void apply(float[] x) {
        double sum = 0;
        for (float v : x) {
            sum += v;
        }
        float mean = (float) (sum / x.length);
        double squares = 0;
        for (float v : x) {
            squares += (double) (v - mean) * (v - mean);
        }
        float scale = (float) (1 / Math.sqrt(squares / x.length + TINY));
        for (int i = 0; i < x.length; i++) {
            x[i] = (x[i] - mean) * scale * weight[i] + bias[i];
        }
    }
}
