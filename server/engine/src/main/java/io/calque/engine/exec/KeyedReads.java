package io.calque.engine.exec;

import io.calque.engine.prepare.KeyedFragment;
import io.calque.planner.physical.KeyUse;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is asked of a source once the keys are known: nothing, all rows, or the rows of some keys at a time. Stateless. */
final class KeyedReads {
    /** Keys sent at once, and characters in them: servers bound the size of a request. */
    private static final int KEYS_AT_ONCE = 50_000;

    private static final int CHARACTERS_AT_ONCE = 4_000_000;

    private KeyedReads() {}

    /**
     * One native query with its values.
     *
     * @param column whose keys are sent, the most where there are several; empty where none are
     * @param keys sent with it
     */
    record Request(NativeQuery query, Bindings bindings, String column, long keys) {
        /** All rows. */
        static Request unkeyed(NativeQuery query, Bindings bindings) {
            return new Request(query, bindings, "", 0);
        }
    }

    /**
     * @param plain what is asked without keys
     * @param sets by number
     * @param costs what was seen of keyed reads so far
     */
    static List<Request> of(
            KeyedFragment keyed, NativeQuery plain, Bindings bindings, List<KeySet> sets, KeyedReadCosts costs) {
        int choice = 0;
        int largest = -1;
        List<List<Object>> sent = new ArrayList<>();
        for (int i = 0; i < keyed.uses().size(); i++) {
            KeyUse use = keyed.uses().get(i);
            KeySet set = sets.get(use.keySet());
            set.require();
            Optional<List<Object>> keys =
                    set.as(use.type(), use.mostKeys()).filter(known -> costs.pays(plain.source(), use, known.size()));
            if (keys.isPresent() && keys.get().isEmpty()) {
                return List.of();
            }
            sent.add(keys.orElse(List.of()));
            if (keys.isPresent()) {
                choice |= 1 << i;
                largest = largest < 0 || sent.get(i).size() > sent.get(largest).size() ? i : largest;
            }
        }
        if (choice == 0) {
            return List.of(Request.unkeyed(plain, bindings));
        }
        Bindings others = bindings;
        for (int i = 0; i < sent.size(); i++) {
            if ((choice & 1 << i) != 0 && i != largest) {
                others = others.withKeys(slot(keyed.uses().get(i)), sent.get(i));
            }
        }
        List<Request> requests = new ArrayList<>();
        for (List<Object> slice : slices(sent.get(largest))) {
            Bindings all = others.withKeys(slot(keyed.uses().get(largest)), slice);
            requests.add(new Request(
                    keyed.queries().get(choice - 1),
                    all,
                    keyed.uses().get(largest).name(),
                    slice.size()));
        }
        return requests;
    }

    private static int slot(KeyUse use) {
        return ParameterSlot.FIRST_KEYS + use.keySet();
    }

    /** No key is in two of them, so no row comes twice. */
    private static List<List<Object>> slices(List<Object> keys) {
        List<List<Object>> slices = new ArrayList<>();
        int from = 0;
        long characters = 0;
        for (int i = 0; i < keys.size(); i++) {
            characters += keys.get(i) instanceof String text ? text.length() : 0;
            if (i + 1 == keys.size() || i + 1 - from == KEYS_AT_ONCE || characters > CHARACTERS_AT_ONCE) {
                slices.add(keys.subList(from, i + 1));
                from = i + 1;
                characters = 0;
            }
        }
        return slices;
    }
}
