package io.calque.mongodb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowPredicateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{a: 1} | {a: {$numberLong: '1'}} | true",
                "{a: 1} | {a: 1.0} | true",
                "{a: {$numberDecimal: '1.10'}} | {a: {$numberDecimal: '1.1'}} | true",
                "{a: {$gt: 5}} | {a: {$numberDouble: 'NaN'}} | false",
                "{a: {$gte: {$numberDouble: 'NaN'}}} | {a: {$numberDouble: 'NaN'}} | true",
                "{a: {$lt: {$numberDecimal: 'Infinity'}}} | {a: 1e300} | true",
                "{a: {$lt: 5}} | {a: 'x'} | false",
                "{a: {$lt: 5}} | {a: null} | false",
                "{a: null} | {} | true",
                "{a: {$ne: null}} | {a: 0} | true",
                "{a: {$nin: [1, null]}} | {a: 2} | true",
                "{a: {$nin: [1, null]}} | {} | false",
                "{a: {$in: [1, 2]}} | {a: [7, 2]} | true",
                "{a: /^b.c/} | {a: 'b\\nc'} | false",
                "{a: {$regularExpression: {pattern: '^b.c', options: 's'}}} | {a: 'b\\nc'} | true",
                "{a: {$ne: null, $not: /x/}} | {a: 'y'} | true",
                "{a: {$lt: '\\uFFFD'}} | {a: '\\uD83D\\uDE00'} | false",
                "{$or: [{a: 1}, {b: 2}]} | {b: 2} | true",
                "{$nor: [{a: 1}]} | {} | true",
                "{$and: [{a: {$gt: 1}}, {a: {$lt: 3}}]} | {a: 2} | true",
            })
    void meansWhatMongoDbMeans(String condition, String row, boolean matches) {
        BsonDocument parsed = BsonDocument.parse(condition);
        BsonDocument document = BsonDocument.parse(row);
        assertThat(RowPredicate.understands(parsed)).isTrue();
        assertThat(RowPredicate.matches(parsed, path -> values(document.get(path))))
                .isEqualTo(matches);
    }

    private static List<BsonValue> values(BsonValue value) {
        return value == null ? List.of() : value.isArray() ? value.asArray().getValues() : List.of(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{a: 1} | {a: 1}",
                "{a: null} | {}",
                "{a: {$ne: null, $gt: 5}, b: null} | {a: {$gt: 5}}",
                "{a: {$in: [1, null]}} | {}",
                "{a: {$nin: [1]}} | {}",
                "{$or: [{a: 1}, {b: {$lt: 2}}]} | {$or: [{a: 1}, {b: {$lt: 2}}]}",
                "{$or: [{a: 1}, {b: null}]} | {}",
                "{$and: [{a: 1}, {$nor: [{b: 1}]}]} | {$and: [{a: 1}]}",
                "{$nor: [{}]} | {$nor: [{}]}",
            })
    void liftsWhatADocumentMustMeet(String condition, String lifted) {
        assertThat(RowPredicate.lifted(BsonDocument.parse(condition))).isEqualTo(BsonDocument.parse(lifted));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{$expr: {$eq: ['$a', 1]}}",
                "{a: {$elemMatch: {b: 1}}}",
                "{a: [1]}",
                "{a: {b: 1}}",
                "{a: {$type: 2}}"
            })
    void saysWhatItDoesNotUnderstand(String condition) {
        assertThat(RowPredicate.understands(BsonDocument.parse(condition))).isFalse();
    }
}
