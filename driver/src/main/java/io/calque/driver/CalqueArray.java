package io.calque.driver;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A value of type ARRAY. Immutable; {@code free} does nothing, as nothing is held. */
final class CalqueArray implements Array {
    private final int elementType;
    private final String elementTypeName;
    private final List<?> raw;
    private final ZoneId zone;

    /**
     * @param raw elements as they travel
     */
    CalqueArray(int elementType, String elementTypeName, List<?> raw, ZoneId zone) {
        this.elementType = elementType;
        this.elementTypeName = elementTypeName.isEmpty() ? Conversion.typeName(elementType) : elementTypeName;
        this.raw = raw;
        this.zone = zone;
    }

    @Override
    public String getBaseTypeName() {
        return elementTypeName;
    }

    @Override
    public int getBaseType() {
        return elementType;
    }

    @Override
    public Object getArray() throws SQLException {
        List<Object> elements = new ArrayList<>(raw.size());
        for (Object element : raw) {
            elements.add(
                    element instanceof List
                            ? new CalqueArray(elementType, elementTypeName, (List<?>) element, zone).getArray()
                            : Conversion.toObject(elementType, element, zone, elementType));
        }
        return elements.toArray();
    }

    @Override
    public Object getArray(Map<String, Class<?>> map) throws SQLException {
        return getArray();
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        return part(index, count).getArray();
    }

    private CalqueArray part(long index, int count) throws SQLException {
        if (index < 1 || count < 0 || index - 1 + count > raw.size()) {
            throw new java.sql.SQLDataException(
                    "Elements " + index + " to " + (index + count - 1) + " are outside an array of " + raw.size(),
                    "2202E");
        }
        int start = (int) index - 1;
        return new CalqueArray(elementType, elementTypeName, raw.subList(start, start + count), zone);
    }

    @Override
    public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return getArray(index, count);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        throw ServerError.unsupported("An array cannot be read as a result set; use getArray()");
    }

    @Override
    public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
        return getResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        return getResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return getResultSet();
    }

    @Override
    public void free() {
        // nothing is held
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (Object element : raw) {
            text.append(text.length() == 1 ? "" : ", ");
            if (element instanceof List) {
                text.append(new CalqueArray(elementType, elementTypeName, (List<?>) element, zone));
            } else {
                text.append(element == null ? "null" : Conversion.toText(elementType, element));
            }
        }
        return text.append(']').toString();
    }
}
