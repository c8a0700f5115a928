package io.calque.nl2plan.embed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * all-MiniLM-L6-v2 (Wang et al., 2020; Reimers and Gurevych, 2019), quantized, computed in plain Java: a transformer encoder of six layers, whose
 * vectors are averaged over the text. The weights are those that come with langchain4j; its native runtime and tokenizer, 112 MB, are not
 * needed for texts of a few words. Immutable once loaded, thread-safe; takes 60 MB.
 */
public final class MiniLm implements Embedder {
    public static final String NAME = "all-MiniLM-L6-v2-q";
    public static final int DIMENSIONS = 384;

    private static final String WEIGHTS = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";
    private static final int LAYERS = 6;

    private final WordPieces pieces;
    private final OnnxWeights weights;
    private final LayerNorm norm;
    private final List<EncoderLayer> layers = new ArrayList<>();

    private MiniLm(WordPieces pieces, OnnxWeights weights) {
        this.pieces = pieces;
        this.weights = weights;
        this.norm = LayerNorm.of(weights, "embeddings.LayerNorm");
        for (int i = 0; i < LAYERS; i++) {
            layers.add(new EncoderLayer(weights, "encoder.layer." + i));
        }
    }

    /**
     * Reads the model; takes some tenths of a second.
     *
     * @return empty where the weights are not on the class path
     */
    public static Optional<Embedder> load() {
        try (InputStream weights = MiniLm.class.getResourceAsStream(WEIGHTS);
                InputStream tokenizer = MiniLm.class.getResourceAsStream(TOKENIZER)) {
            return weights == null || tokenizer == null
                    ? Optional.empty()
                    : Optional.of(
                            new MiniLm(new WordPieces(vocabulary(tokenizer)), new OnnxWeights(weights.readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException("The embedding model cannot be read", e);
        }
    }

    private static Map<String, Integer> vocabulary(InputStream tokenizer) throws IOException {
        Map<String, Integer> vocabulary = new HashMap<>();
        JsonNode pieces = new ObjectMapper().readTree(tokenizer).path("model").path("vocab");
        pieces.properties()
                .forEach(
                        piece -> vocabulary.put(piece.getKey(), piece.getValue().asInt()));
        return vocabulary;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public float[] embed(String text) {
        int[] numbers = pieces.of(text);
        float[][] states = new float[numbers.length][];
        float[] type = weights.row("embeddings.token_type_embeddings.weight", 0, DIMENSIONS);
        for (int i = 0; i < numbers.length; i++) {
            float[] word = weights.row("embeddings.word_embeddings.weight", numbers[i], DIMENSIONS);
            float[] place = weights.row("embeddings.position_embeddings.weight", i, DIMENSIONS);
            for (int d = 0; d < DIMENSIONS; d++) {
                word[d] += place[d] + type[d];
            }
            norm.apply(word);
            states[i] = word;
        }
        for (EncoderLayer layer : layers) {
            states = layer.apply(states);
        }
        return mean(states);
    }

    private static float[] mean(float[][] states) {
        float[] sum = new float[DIMENSIONS];
        for (float[] state : states) {
            for (int d = 0; d < DIMENSIONS; d++) {
                sum[d] += state[d];
            }
        }
        double length = 0;
        for (float x : sum) {
            length += (double) x * x;
        }
        float scale = (float) (1 / Math.sqrt(length));
        for (int d = 0; d < DIMENSIONS; d++) {
            sum[d] *= scale;
        }
        return sum;
    }
}
