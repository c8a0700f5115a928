package io.calque.mongodb.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.mongodb.pipeline.ResultField;
import io.calque.mongodb.pipeline.ResultField.Accepts;
import io.calque.spi.SourceId;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.NativeQuery.Column;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonSerializationException;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Documents read from their bytes give what the driver's own objects give. */
final class DocumentDecoderTest {
    private static final SourceId SOURCE = new SourceId("mongo");

    private static final List<DataType> TYPES = List.of(
            DataType.BOOLEAN,
            DataType.SMALLINT,
            DataType.INTEGER,
            DataType.BIGINT,
            DataType.DOUBLE,
            DataType.decimal(15, 2),
            DataType.decimal(18, 18),
            DataType.decimal(19, 0),
            DataType.decimal(38, 6),
            DataType.VARCHAR,
            DataType.VARBINARY,
            DataType.DATE,
            DataType.TIMESTAMP,
            DataType.TIMESTAMP_TZ,
            DataType.array(DataType.INTEGER));

    private static List<BsonValue> values() {
        List<BsonValue> values = new ArrayList<>(List.of(
                BsonBoolean.TRUE,
                BsonBoolean.FALSE,
                new BsonInt32(0),
                new BsonInt32(Integer.MIN_VALUE),
                new BsonInt64(Long.MAX_VALUE),
                new BsonInt64(Long.MIN_VALUE),
                new BsonInt64(7),
                new BsonDouble(-0.0),
                new BsonDouble(Double.NaN),
                new BsonDouble(1.5),
                new BsonString(""),
                new BsonString("Größe 😀 \0 end"),
                new BsonObjectId(new ObjectId("00ff10abcdef0123456789ab")),
                new BsonDateTime(0),
                new BsonDateTime(86_400_000L * -3),
                new BsonDateTime(-1),
                new BsonDateTime(Long.MAX_VALUE),
                new BsonTimestamp(1_700_000_000, 5),
                new BsonBinary(new byte[0]),
                new BsonBinary(BsonBinarySubType.UUID_STANDARD, new byte[16]),
                new BsonBinary(BsonBinarySubType.UUID_LEGACY, new byte[16]),
                new BsonSymbol("symbol"),
                new BsonJavaScript("return 1"),
                new BsonJavaScriptWithScope("x", new BsonDocument("x", new BsonInt32(1))),
                new BsonRegularExpression("^a.*", "i"),
                new BsonDbPointer("db.c", new ObjectId("00ff10abcdef0123456789ab")),
                new BsonMinKey(),
                new BsonMaxKey(),
                new BsonUndefined(),
                BsonNull.VALUE,
                new BsonDocument("deep", new BsonString("er")),
                new BsonArray(List.of(new BsonInt32(1), BsonNull.VALUE, new BsonInt32(3))),
                new BsonArray()));
        for (String number : List.of(
                "0",
                "-0",
                "0E+3",
                "0E-20",
                "1",
                "-12.34",
                "12.345",
                "1E+2",
                "1E+17",
                "1E+18",
                "9999999999999.99",
                "-10000000000000.00",
                "0.999999999999999999",
                "0.000000000000000001",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775808",
                "99999999999999999999999999999999",
                "1234567890123456789012345678.901234",
                "1E-6176",
                "9.999999999999999999999999999999999E+6144",
                "NaN",
                "-NaN",
                "Infinity",
                "-Infinity")) {
            values.add(new BsonDecimal128(Decimal128.parse(number)));
        }
        return values;
    }

    private static ResultField field(DataType type, List<String> path, Accepts accepts) {
        return new ResultField(
                new Column(String.join(".", path), type, true), path, accepts, "c." + String.join(".", path));
    }

    private static RawBsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }

    private static DocumentDecoder decoder(ResultField... fields) {
        return new DocumentDecoder(SOURCE, List.of(fields), Mismatch.NULL, 4);
    }

    @Test
    void readsEveryKindOfValueIntoEveryType() {
        for (DataType type : TYPES) {
            for (BsonValue value : values()) {
                DocumentDecoder decoder = decoder(field(type, List.of("v"), Accepts.EXACT));
                decoder.read(raw(new BsonDocument("v", value)));
                boolean none = value.isNull() || value instanceof BsonUndefined;
                Optional<Object> expected = none ? Optional.empty() : ValueDecoder.decode(value, type);
                assertSame(decoder.build(), expected.orElse(null), type + " of " + value);
            }
        }
    }

    private static void assertSame(ColumnBatch batch, @Nullable Object expected, String what) {
        Object read = batch.columns().get(0).get(0);
        if (expected instanceof byte[] bytes) {
            assertThat((byte[]) read).as(what).isEqualTo(bytes);
            return;
        }
        assertThat(read).as(what).isEqualTo(expected);
    }

    @Test
    void readsAnyValueAsTextAndSkipsWhatNobodyAsksFor() {
        BsonDocument document = new BsonDocument();
        int name = 0;
        for (BsonValue value : values()) {
            document.append("skipped" + name, value).append("read" + name++, value);
        }
        List<ResultField> fields = new ArrayList<>();
        for (int i = 0; i < name; i++) {
            fields.add(field(DataType.VARCHAR, List.of("read" + i), Accepts.ANY_AS_TEXT));
        }
        DocumentDecoder decoder = new DocumentDecoder(SOURCE, fields, Mismatch.ERROR, 4);
        decoder.read(raw(document));
        decoder.read(raw(document));
        ColumnBatch batch = decoder.build();
        for (int i = 0; i < name; i++) {
            BsonValue value = document.get("read" + i);
            boolean none = value.isNull() || value instanceof BsonUndefined;
            assertThat(batch.columns().get(i).get(1)).isEqualTo(none ? null : BsonText.of(value));
        }
    }

    @Test
    void followsFieldsThatComeInAnyOrderOrNotAtAll() {
        List<String> names = new ArrayList<>(List.of("a", "b", "ab", "", "größe", "x", "y"));
        Random random = new Random(11);
        DocumentDecoder decoder = decoder(
                field(DataType.INTEGER, List.of("a"), Accepts.EXACT),
                field(DataType.INTEGER, List.of("ab"), Accepts.EXACT),
                field(DataType.INTEGER, List.of("größe"), Accepts.EXACT),
                field(DataType.INTEGER, List.of("x"), Accepts.EXACT));
        List<List<@Nullable Object>> expected = new ArrayList<>();
        for (int row = 0; row < 500; row++) {
            if (random.nextInt(10) == 0) {
                Collections.shuffle(names, random);
            }
            BsonDocument document = new BsonDocument();
            for (String name : names) {
                if (random.nextInt(20) > 0) {
                    document.append(name, new BsonInt32(random.nextInt()));
                }
            }
            decoder.read(raw(document));
            List<@Nullable Object> values = new ArrayList<>();
            for (String name : List.of("a", "ab", "größe", "x")) {
                values.add(
                        document.containsKey(name)
                                ? (long) document.getInt32(name).getValue()
                                : null);
            }
            expected.add(values);
        }
        ColumnBatch batch = decoder.build();
        for (int row = 0; row < expected.size(); row++) {
            List<@Nullable Object> read = new ArrayList<>();
            for (int column = 0; column < 4; column++) {
                read.add(batch.columns().get(column).get(row));
            }
            assertThat(read).isEqualTo(expected.get(row));
        }
    }

    @Test
    void readsBelowDocumentsAndManyFields() {
        BsonDocument wide = new BsonDocument();
        for (int i = 0; i < 600; i++) {
            wide.append("f" + i, new BsonInt32(i));
        }
        BsonDocument document = new BsonDocument("o", new BsonDocument("in", wide).append("z", BsonNull.VALUE));
        DocumentDecoder decoder = decoder(
                field(DataType.INTEGER, List.of("o", "in", "f3"), Accepts.EXACT),
                field(DataType.INTEGER, List.of("o", "in", "f599"), Accepts.EXACT),
                field(DataType.VARCHAR, List.of("o", "in"), Accepts.ANY_AS_TEXT),
                field(DataType.INTEGER, List.of("o", "z"), Accepts.EXACT));
        decoder.read(raw(document));
        decoder.read(raw(new BsonDocument("o", new BsonInt32(1))));
        decoder.read(raw(new BsonDocument("o", new BsonArray(List.of(new BsonInt32(1))))));
        ColumnBatch batch = decoder.build();
        assertThat(batch.columns().get(0).get(0)).isEqualTo(3L);
        assertThat(batch.columns().get(1).get(0)).isEqualTo(599L);
        assertThat(batch.columns().get(2).get(0)).isEqualTo(BsonText.of(wide));
        assertThat(Arrays.asList(
                        batch.columns().get(3).get(0),
                        batch.columns().get(0).get(1),
                        batch.columns().get(0).get(2)))
                .containsOnlyNulls();
    }

    @Test
    void refusesBytesThatAreNoDocument() {
        DocumentDecoder decoder = decoder(field(DataType.INTEGER, List.of("v"), Accepts.EXACT));
        byte[] unknownType = {9, 0, 0, 0, 0x33, 'v', 0, 0, 0};
        assertThatThrownBy(() -> decoder.read(new RawBsonDocument(unknownType)))
                .isInstanceOf(BsonSerializationException.class);
        byte[] tooLong = {13, 0, 0, 0, 2, 'w', 0, 120, 0, 0, 0, 0, 0};
        assertThatThrownBy(() -> decoder.read(new RawBsonDocument(tooLong)))
                .isInstanceOf(BsonSerializationException.class);
    }
}
