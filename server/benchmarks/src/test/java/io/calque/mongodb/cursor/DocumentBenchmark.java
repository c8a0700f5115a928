package io.calque.mongodb.cursor;

import io.calque.mongodb.pipeline.ResultField;
import io.calque.mongodb.pipeline.ResultField.Accepts;
import io.calque.spi.SourceId;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.NativeQuery.Column;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.bson.types.Decimal128;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 2,048 documents of six fields, of which four are read: into columns, and by the driver's own objects. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DocumentBenchmark {
    private static final int ROWS = 2048;

    private final List<RawBsonDocument> documents = new ArrayList<>();

    @Setup(Level.Trial)
    public void prepare() {
        for (int row = 0; row < ROWS; row++) {
            Document document = new Document("_id", row)
                    .append("o_orderkey", (long) row)
                    .append("o_totalprice", new Decimal128(BigDecimal.valueOf(row * 97L, 2)))
                    .append("o_comment", "furiously bold deposits among the packages")
                    .append("o_clerk", "Clerk#" + row)
                    .append("o_orderdate", new Date(row * 86_400_000L));
            documents.add(new RawBsonDocument(document, new DocumentCodec()));
        }
        ColumnBatch read = intoColumns();
        boolean right = read.rows() == ROWS
                && read.columns().get(0).get(7).equals(7L)
                && read.columns().get(1).get(7).equals(new BigDecimal("6.79"))
                && read.columns().get(2).get(7).equals("Clerk#7")
                && read.columns().get(3).get(7).equals(7L);
        if (!right) {
            throw new IllegalStateException("The documents are not read right");
        }
    }

    @Benchmark
    public ColumnBatch intoColumns() {
        DocumentDecoder decoder = new DocumentDecoder(
                new SourceId("mongo"),
                List.of(
                        field("o_orderkey", DataType.BIGINT),
                        field("o_totalprice", DataType.decimal(15, 2)),
                        field("o_clerk", DataType.VARCHAR),
                        field("o_orderdate", DataType.DATE)),
                Mismatch.ERROR,
                ROWS);
        documents.forEach(decoder::read);
        return decoder.build();
    }

    @Benchmark
    public long intoDocuments() {
        DocumentCodec codec = new DocumentCodec();
        long sum = 0;
        for (RawBsonDocument raw : documents) {
            Document document = raw.decode(codec);
            sum += document.getLong("o_orderkey")
                    + document.getString("o_clerk").length();
        }
        return sum;
    }

    private static ResultField field(String name, DataType type) {
        return new ResultField(new Column(name, type, true), List.of(name), Accepts.EXACT, "orders." + name);
    }
}
