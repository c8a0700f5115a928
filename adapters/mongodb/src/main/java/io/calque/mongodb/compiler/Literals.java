package io.calque.mongodb.compiler;

import io.calque.mongodb.pipeline.EngineValues;
import io.calque.spi.QueryException;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Reads literals as engine values. Stateless. */
final class Literals {
    private Literals() {}

    /** The engine type, refused where there is none: an interval, a symbol. */
    static DataType type(RelDataType type) {
        try {
            return RelTypes.toData(type);
        } catch (QueryException e) {
            throw new Refused("MongoDB has no type " + type.getSqlTypeName());
        }
    }

    /** A value in the conventions of {@link io.calque.spi.batch.ColumnVector#get}; the literal is not NULL. */
    static Object value(RexLiteral literal) {
        DataType type = type(literal.getType());
        Object value = switch (type.kind()) {
            case BOOLEAN -> literal.getValueAs(Boolean.class);
            case SMALLINT, INTEGER, BIGINT, DECIMAL -> literal.getValueAs(BigDecimal.class);
            case REAL, DOUBLE -> literal.getValueAs(Double.class);
            case VARCHAR -> literal.getValueAs(String.class);
            case DATE -> days(literal);
            case TIMESTAMP, TIMESTAMP_TZ -> millis(literal);
            case TIME, VARBINARY, ARRAY -> throw new Refused("MongoDB is sent no literal of type " + type);
        };
        if (value == null) {
            throw new Refused("MongoDB is sent no literal " + literal);
        }
        return value;
    }

    /** As an aggregation expression: text is wrapped, because a dollar at its start would name a field. */
    static BsonValue expression(RexLiteral literal) {
        if (literal.isNull()) {
            return BsonNull.VALUE;
        }
        DataType type = type(literal.getType());
        Object value = value(literal);
        if (value instanceof BigDecimal decimal
                && decimal.stripTrailingZeros().precision() > EngineValues.DECIMAL128_DIGITS) {
            throw new Refused("Decimal128 does not hold " + decimal);
        }
        BsonValue bson = EngineValues.toBson(value, type);
        return bson instanceof BsonString ? Bson.of("$literal", bson) : bson;
    }

    private static Object days(RexLiteral literal) {
        DateString date = literal.getValueAs(DateString.class);
        return date == null ? 0L : (long) date.getDaysSinceEpoch();
    }

    private static Object millis(RexLiteral literal) {
        TimestampString timestamp = literal.getValueAs(TimestampString.class);
        return timestamp == null ? 0L : timestamp.getMillisSinceEpoch();
    }
}
