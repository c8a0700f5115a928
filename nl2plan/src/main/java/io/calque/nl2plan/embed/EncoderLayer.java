package io.calque.nl2plan.embed;

/** One layer of a transformer's encoder (Vaswani et al., 2017): each piece looks at all others, then at itself. Immutable. */
final class EncoderLayer {
    private static final int HEADS = 12;

    private final Dense query;
    private final Dense key;
    private final Dense value;
    private final Dense attended;
    private final LayerNorm afterAttention;
    private final Dense wide;
    private final Dense narrow;
    private final LayerNorm afterAll;

    EncoderLayer(OnnxWeights weights, String name) {
        this.query = new Dense(weights, name + ".attention.self.query");
        this.key = new Dense(weights, name + ".attention.self.key");
        this.value = new Dense(weights, name + ".attention.self.value");
        this.attended = new Dense(weights, name + ".attention.output.dense");
        this.afterAttention = LayerNorm.of(weights, name + ".attention.output.LayerNorm");
        this.wide = new Dense(weights, name + ".intermediate.dense");
        this.narrow = new Dense(weights, name + ".output.dense");
        this.afterAll = LayerNorm.of(weights, name + ".output.LayerNorm");
    }

    float[][] apply(float[][] x) {
        float[][] seen = attended.apply(attention(x));
        addAndNorm(seen, x, afterAttention);
        float[][] inner = wide.apply(seen);
        for (float[] row : inner) {
            Gelu.apply(row);
        }
        float[][] out = narrow.apply(inner);
        addAndNorm(out, seen, afterAll);
        return out;
    }

    private static void addAndNorm(float[][] to, float[][] other, LayerNorm norm) {
        for (int t = 0; t < to.length; t++) {
            for (int d = 0; d < to[t].length; d++) {
                to[t][d] += other[t][d];
            }
            norm.apply(to[t]);
        }
    }

    private float[][] attention(float[][] x) {
        float[][] queries = query.apply(x);
        float[][] keys = key.apply(x);
        float[][] values = value.apply(x);
        int size = x[0].length / HEADS;
        double scale = 1 / Math.sqrt(size);
        float[][] out = new float[x.length][x[0].length];
        double[] weights = new double[x.length];
        for (int h = 0; h < HEADS; h++) {
            int from = h * size;
            for (int t = 0; t < x.length; t++) {
                double sum = 0;
                for (int o = 0; o < x.length; o++) {
                    double product = 0;
                    for (int d = from; d < from + size; d++) {
                        product += queries[t][d] * keys[o][d];
                    }
                    // scores of this model are small: none overflows
                    weights[o] = Math.exp(product * scale);
                    sum += weights[o];
                }
                for (int o = 0; o < x.length; o++) {
                    float weight = (float) (weights[o] / sum);
                    for (int d = from; d < from + size; d++) {
                        out[t][d] += weight * values[o][d];
                    }
                }
            }
        }
        return out;
    }
}
