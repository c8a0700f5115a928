package io.calque.nl2plan.embed;

/** A matrix product with a bias. Immutable. */
final class Dense {
    /** So many rows of the matrix are added in one go: few enough for registers, many enough to spare loads and stores. */
    private static final int STEP = 4;

    private final float[] matrix;
    private final float[] bias;

    /**
     * @param part of the model that multiplies
     */
    Dense(OnnxWeights weights, String part) {
        this.bias = weights.vector(part + ".bias");
        this.matrix = weights.matrix(part, bias.length);
    }

    float[][] apply(float[][] x) {
        float[][] y = new float[x.length][];
        for (int t = 0; t < x.length; t++) {
            y[t] = bias.clone();
        }
        // the matrix is what is large: each part of it is read once for all vectors
        for (int k = 0; k < x[0].length; k += STEP) {
            for (int t = 0; t < x.length; t++) {
                add(y[t], x[t], k);
            }
        }
        return y;
    }

    /** Written so that the compiler computes several columns at a time. */
    private void add(float[] y, float[] x, int k) {
        int n = y.length;
        float[] m = matrix;
        int row0 = k * n;
        int row1 = row0 + n;
        int row2 = row1 + n;
        int row3 = row2 + n;
        float x0 = x[k];
        float x1 = x[k + 1];
        float x2 = x[k + 2];
        float x3 = x[k + 3];
        for (int j = 0; j < n; j++) {
            y[j] += x0 * m[row0 + j] + x1 * m[row1 + j] + x2 * m[row2 + j] + x3 * m[row3 + j];
        }
    }
}
