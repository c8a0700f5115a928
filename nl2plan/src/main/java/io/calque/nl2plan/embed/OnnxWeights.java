package io.calque.nl2plan.embed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The tensors of an ONNX file (<a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>) and which of them its
 * matrix products multiply with. Only what a quantized encoder has is read. Immutable.
 */
final class OnnxWeights {
    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int INITIALIZER = 5;
    private static final int UNSIGNED_BYTES = 2;

    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, String> factors = new HashMap<>();

    /**
     * @param unsigned whether bytes of {@code raw} are 0 to 255
     * @param raw little-endian elements; empty where they stand in the other two
     */
    private record Tensor(int rows, boolean unsigned, ByteBuffer raw, float[] floats, int[] integers) {
        int integer(int i) {
            if (!raw.hasRemaining()) {
                return integers[i];
            }
            byte b = raw.get(raw.position() + i);
            return unsigned ? b & 0xff : b;
        }

        float number(int i) {
            return raw.hasRemaining() ? raw.getFloat(raw.position() + 4 * i) : floats[i];
        }
    }

    OnnxWeights(byte[] file) {
        fields(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN), model -> {
            if (model.number == GRAPH) {
                fields(model.bytes, part -> {
                    if (part.number == NODE) {
                        node(part.bytes);
                    } else if (part.number == INITIALIZER) {
                        tensor(part.bytes);
                    }
                });
            }
        });
    }

    private void node(ByteBuffer bytes) {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        fields(bytes, field -> {
            if (field.number == 1) {
                inputs.add(field.text());
            } else if (field.number == 2) {
                outputs.add(field.text());
            }
        });
        if (inputs.size() == 4 && inputs.get(1).endsWith("_quantized")) {
            // "/encoder/layer.0/attention/self/query/MatMul_output_0_output_quantized"
            String product = outputs.get(0);
            String factor = inputs.get(1);
            factors.put(
                    product.substring(1, product.indexOf("/MatMul_")).replace('/', '.'),
                    factor.substring(0, factor.length() - "_quantized".length()));
        }
    }

    private void tensor(ByteBuffer bytes) {
        List<Long> shape = new ArrayList<>();
        long[] type = new long[1];
        String[] name = {""};
        ByteBuffer[] raw = {ByteBuffer.allocate(0)};
        List<Float> floats = new ArrayList<>();
        List<Integer> integers = new ArrayList<>();
        fields(bytes, field -> {
            switch (field.number) {
                case 1 -> field.integers(shape::add);
                case 2 -> type[0] = field.value;
                case 4 -> {
                    while (field.bytes.hasRemaining()) {
                        floats.add(field.bytes.getFloat());
                    }
                }
                case 5 -> field.integers(i -> integers.add((int) (long) i));
                case 8 -> name[0] = field.text();
                case 9 -> raw[0] = field.bytes;
                default -> {}
            }
        });
        float[] numbers = new float[floats.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = floats.get(i);
        }
        int rows = shape.isEmpty() ? 1 : (int) (long) shape.get(0);
        int[] whole = integers.stream().mapToInt(Integer::intValue).toArray();
        tensors.put(name[0], new Tensor(rows, type[0] == UNSIGNED_BYTES, raw[0], numbers, whole));
    }

    /** The numbers of a tensor that is not quantized. */
    float[] vector(String name) {
        Tensor tensor = get(name);
        float[] numbers = new float[tensor.rows];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = tensor.number(i);
        }
        return numbers;
    }

    /** The matrix that a named part of the model multiplies with, row by row, with one scale for each column. */
    float[] matrix(String part, int columns) {
        String name = factors.get(part);
        if (name == null) {
            throw new IllegalStateException("the model has no product '" + part + "'");
        }
        Tensor bytes = get(name + "_quantized");
        Tensor scale = get(name + "_scale");
        Tensor zero = get(name + "_zero_point");
        float[] scales = new float[columns];
        int[] zeros = new int[columns];
        for (int c = 0; c < columns; c++) {
            scales[c] = scale.number(scale.rows == 1 ? 0 : c);
            zeros[c] = zero.integer(zero.rows == 1 ? 0 : c);
        }
        byte[] all = new byte[bytes.rows * columns];
        bytes.raw.get(bytes.raw.position(), all);
        int mask = bytes.unsigned ? 0xff : -1;
        float[] numbers = new float[all.length];
        for (int from = 0; from < all.length; from += columns) {
            for (int c = 0; c < columns; c++) {
                numbers[from + c] = ((all[from + c] & mask) - zeros[c]) * scales[c];
            }
        }
        return numbers;
    }

    /** A row of a table of vectors that has one scale; the table stays in bytes. */
    float[] row(String name, int row, int columns) {
        Tensor bytes = get(name + "_quantized");
        float scale = get(name + "_scale").number(0);
        int zero = get(name + "_zero_point").integer(0);
        float[] numbers = new float[columns];
        for (int c = 0; c < columns; c++) {
            numbers[c] = (bytes.integer(row * columns + c) - zero) * scale;
        }
        return numbers;
    }

    private Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("the model has no tensor '" + name + "'");
        }
        return tensor;
    }

    /** A field of a protocol buffer: a number, or bytes. */
    private record Field(int number, long value, ByteBuffer bytes) {
        String text() {
            byte[] utf8 = new byte[bytes.remaining()];
            bytes.get(bytes.position(), utf8);
            return new String(utf8, StandardCharsets.UTF_8);
        }

        /** Repeated integers, packed or not. */
        void integers(Consumer<Long> consumer) {
            if (!bytes.hasRemaining()) {
                consumer.accept(value);
            }
            ByteBuffer packed = bytes.duplicate();
            while (packed.hasRemaining()) {
                consumer.accept(varint(packed));
            }
        }
    }

    private static void fields(ByteBuffer message, Consumer<Field> consumer) {
        ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            int number = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> consumer.accept(new Field(number, varint(in), ByteBuffer.allocate(0)));
                case 1 -> consumer.accept(new Field(number, 0, take(in, 8)));
                case 2 -> consumer.accept(new Field(number, 0, take(in, (int) varint(in))));
                case 5 -> consumer.accept(new Field(number, 0, take(in, 4)));
                default -> throw new IllegalStateException("the model is no ONNX file");
            }
        }
    }

    private static ByteBuffer take(ByteBuffer in, int length) {
        ByteBuffer part = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + length);
        return part;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }
}
