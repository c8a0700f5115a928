package io.calque.driver;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;

/** The rows of a query, forward only. Single-threaded. */
final class CalqueResultSet extends LabelledResultSet {
    private final AvaticaStatement owner;
    private final PageCursor cursor;
    private final ResultColumns columns;
    private final ZoneId zone;
    private final WallClock clock;
    private boolean wasNull;
    private int fetchSize;

    /**
     * @param owner null for a result that no statement gave
     */
    CalqueResultSet(
            AvaticaStatement owner,
            Meta.Signature signature,
            ResultSetMetaData metaData,
            ResultPages pages,
            ZoneId zone)
            throws SQLException {
        super(owner, signature, metaData, TimeZone.getTimeZone(zone));
        this.owner = owner;
        this.cursor = new PageCursor(pages);
        this.columns = new ResultColumns(signature.columns);
        this.zone = zone;
        this.clock = new WallClock(zone);
        this.fetchSize = owner == null ? 0 : owner.getFetchSize();
    }

    /** The first rows are here already: nothing is left to execute. */
    @Override
    protected AvaticaResultSet execute() {
        return this;
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw new SQLException("The result set is closed", "24000");
        }
    }

    @Override
    public boolean next() throws SQLException {
        checkOpen();
        return cursor.next(fetchSize);
    }

    @Override
    public void close() {
        try {
            if (!isClosed()) {
                cursor.close();
            }
        } catch (SQLException e) {
            // the result is given up either way: the server ends it with its connection at the latest
        } finally {
            super.close();
        }
    }

    List<ColumnMetaData> columns() {
        return columnMetaDataList;
    }

    /** All rows not yet read, in the wire's form. */
    List<Object[]> drain() throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        while (next()) {
            Object[] values = new Object[columns.count()];
            for (int i = 0; i < values.length; i++) {
                values[i] = cursor.column(i).get(cursor.rowInPage());
            }
            rows.add(values);
        }
        return rows;
    }

    /** The value under the cursor in the wire's form; remembers whether it was NULL. */
    private Object raw(int columnIndex) throws SQLException {
        Column column = column(columnIndex);
        Object value = column.get(cursor.rowInPage());
        wasNull = value == null;
        return value;
    }

    private Column column(int columnIndex) throws SQLException {
        checkOpen();
        if (columnIndex < 1 || columnIndex > columns.count()) {
            throw new SQLDataException("Column " + columnIndex + " is not between 1 and " + columns.count(), "07009");
        }
        return cursor.column(columnIndex - 1);
    }

    @Override
    public int findColumn(String columnLabel) throws SQLException {
        checkOpen();
        return columns.ordinal(columnLabel);
    }

    @Override
    public boolean wasNull() throws SQLException {
        checkOpen();
        return wasNull;
    }

    private long integer(int columnIndex, long min, long max, String target) throws SQLException {
        Column column = column(columnIndex);
        if (column instanceof Column.Longs && columns.type(columnIndex) != Types.DATE) {
            wasNull = column.isNull(cursor.rowInPage());
            int type = columns.type(columnIndex);
            if (wasNull) {
                return 0;
            }
            if (type == Types.BIGINT || type == Types.INTEGER || type == Types.SMALLINT) {
                return Conversion.inRange(((Column.Longs) column).longAt(cursor.rowInPage()), min, max, target);
            }
        }
        Object raw = raw(columnIndex);
        return raw == null ? 0 : Conversion.toLong(columns.type(columnIndex), raw, min, max, target);
    }

    @Override
    public byte getByte(int columnIndex) throws SQLException {
        return (byte) integer(columnIndex, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
    }

    @Override
    public short getShort(int columnIndex) throws SQLException {
        return (short) integer(columnIndex, Short.MIN_VALUE, Short.MAX_VALUE, "short");
    }

    @Override
    public int getInt(int columnIndex) throws SQLException {
        return (int) integer(columnIndex, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
    }

    @Override
    public long getLong(int columnIndex) throws SQLException {
        return integer(columnIndex, Long.MIN_VALUE, Long.MAX_VALUE, "long");
    }

    @Override
    public double getDouble(int columnIndex) throws SQLException {
        Column column = column(columnIndex);
        if (column instanceof Column.Doubles) {
            wasNull = column.isNull(cursor.rowInPage());
            return wasNull ? 0 : ((Column.Doubles) column).doubleAt(cursor.rowInPage());
        }
        Object raw = raw(columnIndex);
        return raw == null ? 0 : Conversion.toDouble(columns.type(columnIndex), raw);
    }

    @Override
    public float getFloat(int columnIndex) throws SQLException {
        return (float) getDouble(columnIndex);
    }

    @Override
    public boolean getBoolean(int columnIndex) throws SQLException {
        Object raw = raw(columnIndex);
        return raw != null && Conversion.toBoolean(columns.type(columnIndex), raw);
    }

    @Override
    public String getString(int columnIndex) throws SQLException {
        Object raw = raw(columnIndex);
        if (raw instanceof String || raw == null) {
            return (String) raw;
        }
        if (raw instanceof List) {
            return array(columnIndex, (List<?>) raw).toString();
        }
        return Conversion.toText(columns.type(columnIndex), raw);
    }

    @Override
    public BigDecimal getBigDecimal(int columnIndex) throws SQLException {
        Object raw = raw(columnIndex);
        return raw == null ? null : Conversion.toBigDecimal(columns.type(columnIndex), raw);
    }

    @Override
    @Deprecated
    public BigDecimal getBigDecimal(int columnIndex, int scale) throws SQLException {
        BigDecimal value = getBigDecimal(columnIndex);
        return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
    }

    @Override
    public byte[] getBytes(int columnIndex) throws SQLException {
        Object raw = raw(columnIndex);
        return raw == null ? null : Conversion.toBytes(columns.type(columnIndex), raw);
    }

    @Override
    public Date getDate(int columnIndex) throws SQLException {
        Object raw = raw(columnIndex);
        if (raw == null) {
            return null;
        }
        return columns.type(columnIndex) == Types.DATE
                ? clock.date((Long) raw)
                : Conversion.toDate(columns.type(columnIndex), raw, zone);
    }

    @Override
    public Date getDate(int columnIndex, Calendar calendar) throws SQLException {
        Object raw = raw(columnIndex);
        return raw == null ? null : Conversion.toDate(columns.type(columnIndex), raw, Conversion.zone(calendar, zone));
    }

    @Override
    public Time getTime(int columnIndex) throws SQLException {
        return getTime(columnIndex, null);
    }

    @Override
    public Time getTime(int columnIndex, Calendar calendar) throws SQLException {
        Object raw = raw(columnIndex);
        return raw == null ? null : Conversion.toTime(columns.type(columnIndex), raw, Conversion.zone(calendar, zone));
    }

    @Override
    public Timestamp getTimestamp(int columnIndex) throws SQLException {
        Object raw = raw(columnIndex);
        if (raw == null) {
            return null;
        }
        return columns.type(columnIndex) == Types.TIMESTAMP
                ? clock.timestamp((Long) raw)
                : Conversion.toTimestamp(columns.type(columnIndex), raw, zone);
    }

    @Override
    public Timestamp getTimestamp(int columnIndex, Calendar calendar) throws SQLException {
        Object raw = raw(columnIndex);
        return raw == null
                ? null
                : Conversion.toTimestamp(columns.type(columnIndex), raw, Conversion.zone(calendar, zone));
    }

    @Override
    public Object getObject(int columnIndex) throws SQLException {
        Column column = column(columnIndex);
        int type = columns.type(columnIndex);
        if (column instanceof Column.Longs) {
            wasNull = column.isNull(cursor.rowInPage());
            return wasNull ? null : ofLong(type, ((Column.Longs) column).longAt(cursor.rowInPage()));
        }
        Object raw = column.get(cursor.rowInPage());
        wasNull = raw == null;
        return Conversion.toObject(type, raw, zone, type == Types.ARRAY ? columns.elementType(columnIndex) : 0);
    }

    /** Most of what is read: not worth a box that is opened at once. */
    private Object ofLong(int type, long value) throws SQLException {
        switch (type) {
            case Types.BIGINT:
                return value;
            case Types.SMALLINT:
            case Types.INTEGER:
                return (int) value;
            case Types.DATE:
                return clock.date(value);
            case Types.TIMESTAMP:
                return clock.timestamp(value);
            default:
                return Conversion.toObject(type, value, zone, 0);
        }
    }

    @Override
    public <T> T getObject(int columnIndex, Class<T> target) throws SQLException {
        if (target == null) {
            throw new SQLDataException("getObject needs a class", "22023");
        }
        Object raw = raw(columnIndex);
        return Conversion.toClass(columns.type(columnIndex), raw, zone, columns.elementType(columnIndex), target);
    }

    @Override
    public Object getObject(int columnIndex, Map<String, Class<?>> map) throws SQLException {
        return getObject(columnIndex);
    }

    @Override
    public Array getArray(int columnIndex) throws SQLException {
        Object raw = raw(columnIndex);
        if (raw != null && !(raw instanceof List)) {
            throw Conversion.mismatch(columns.type(columnIndex), "an array");
        }
        return raw == null ? null : array(columnIndex, (List<?>) raw);
    }

    private CalqueArray array(int columnIndex, List<?> raw) {
        return new CalqueArray(columns.elementType(columnIndex), "", raw, zone);
    }

    @Override
    public URL getURL(int columnIndex) throws SQLException {
        String text = getString(columnIndex);
        try {
            return text == null ? null : new URL(text);
        } catch (MalformedURLException e) {
            throw new SQLDataException("'" + text + "' is not a URL", "22018", e);
        }
    }

    @Override
    public InputStream getAsciiStream(int columnIndex) throws SQLException {
        String text = getString(columnIndex);
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public InputStream getBinaryStream(int columnIndex) throws SQLException {
        byte[] bytes = getBytes(columnIndex);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public Reader getCharacterStream(int columnIndex) throws SQLException {
        String text = getString(columnIndex);
        return text == null ? null : new StringReader(text);
    }

    @Override
    public Reader getNCharacterStream(int columnIndex) throws SQLException {
        return getCharacterStream(columnIndex);
    }

    @Override
    public String getNString(int columnIndex) throws SQLException {
        return getString(columnIndex);
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return cursor.warnings();
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        cursor.clearWarnings();
    }

    @Override
    public AvaticaStatement getStatement() throws SQLException {
        checkOpen();
        return owner;
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        checkOpen();
        return cursor.isBeforeFirst();
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        checkOpen();
        return cursor.isAfterLast();
    }

    @Override
    public boolean isFirst() throws SQLException {
        checkOpen();
        return cursor.row() == 1;
    }

    @Override
    public int getRow() throws SQLException {
        checkOpen();
        return (int) Math.min(cursor.row(), Integer.MAX_VALUE);
    }

    @Override
    public int getType() throws SQLException {
        checkOpen();
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public int getConcurrency() throws SQLException {
        checkOpen();
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
        CalqueStatement.checkFetchSize(rows);
        fetchSize = rows;
    }

    @Override
    public int getFetchSize() throws SQLException {
        checkOpen();
        return fetchSize;
    }
}
