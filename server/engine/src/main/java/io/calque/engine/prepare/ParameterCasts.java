package io.calque.engine.prepare;

import java.util.List;
import java.util.SortedMap;

/** Writes a type around question marks. Stateless. */
public final class ParameterCasts {
    private ParameterCasts() {}

    /**
     * @param types by index of the question mark, from 0
     * @return {@code sql} with {@code CAST(? AS type)} in place of these question marks
     */
    public static String in(String sql, SortedMap<Integer, String> types) {
        List<SqlToken> marks =
                SqlToken.of(sql).stream().filter(token -> token.is("?")).toList();
        StringBuilder written = new StringBuilder();
        int copied = 0;
        for (int i = 0; i < marks.size(); i++) {
            String type = types.get(i);
            if (type != null) {
                written.append(sql, copied, marks.get(i).start())
                        .append("CAST(? AS ")
                        .append(type)
                        .append(')');
                copied = marks.get(i).end();
            }
        }
        return written.append(sql, copied, sql.length()).toString();
    }
}
