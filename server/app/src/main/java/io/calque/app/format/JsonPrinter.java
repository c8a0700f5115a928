package io.calque.app.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.calque.app.client.AnswerColumn;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object a row. Exact numbers keep every digit; NaN and the infinities, which JSON lacks, are texts; dates and times are
 * ISO 8601, binary is Base64. A label that comes twice gets a number, because readers keep only the last of equal keys.
 */
final class JsonPrinter implements RowPrinter {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private final Writer out;
    private final Framing framing;
    private final JsonGenerator json;
    private List<String> labels = List.of();
    private boolean empty = true;

    JsonPrinter(Writer out, Framing framing) {
        this.out = out;
        this.framing = framing;
        try {
            this.json = FACTORY.createGenerator(out);
        } catch (IOException e) {
            throw new IllegalStateException("a generator on a writer does no input or output yet", e);
        }
        json.setRootValueSeparator(new SerializedString(framing == Framing.ARRAY ? ",\n" : "\n"));
    }

    @Override
    public void start(List<AnswerColumn> columns) throws IOException {
        labels = unique(columns);
        if (framing == Framing.ARRAY) {
            out.write('[');
        }
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
        if (empty && framing == Framing.ARRAY) {
            out.write('\n');
        }
        empty = false;
        json.writeStartObject();
        for (int i = 0; i < labels.size(); i++) {
            json.writeFieldName(labels.get(i));
            write(values.get(i));
        }
        json.writeEndObject();
    }

    @Override
    public void finish() throws IOException {
        json.flush();
        if (framing == Framing.ARRAY) {
            out.write(empty ? "]\n" : "\n]\n");
        } else if (!empty) {
            out.write('\n');
        }
    }

    private void write(@Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Float number) {
            json.writeNumber(number);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof byte[] bytes) {
            json.writeBinary(bytes);
        } else if (value instanceof LocalDateTime || value instanceof OffsetDateTime) {
            json.writeString(iso(ValueText.of(value)));
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(element);
            }
            json.writeEndArray();
        } else {
            json.writeString(ValueText.of(value));
        }
    }

    private static String iso(String timestamp) {
        return timestamp.replace(' ', 'T').replaceAll("\\+00$", "Z");
    }

    private static List<String> unique(List<AnswerColumn> columns) {
        List<String> unique = new ArrayList<>();
        for (AnswerColumn column : columns) {
            String label = column.label();
            for (int i = 2; unique.contains(label); i++) {
                label = column.label() + "_" + i;
            }
            unique.add(label);
        }
        return unique;
    }

    /** What stands around and between the objects. */
    enum Framing {
        ARRAY,
        LINES
    }
}
