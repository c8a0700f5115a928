package io.calque.engine.exec;

import io.calque.engine.prepare.KeyedFragment;
import io.calque.planner.physical.KeyUse;
import io.calque.planner.pushdown.KeyFiltering;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What is asked of a source once the keys are known: nothing, all rows, or the rows of some keys at a time. Stateless. */
final class KeyedReads {
    /** Servers bound the size of a request. */
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
     * What is asked, and what is left out of the answers.
     *
     * @param requests one after the other
     * @param partners rows that may meet keys that are not sent
     */
    record Asked(Iterator<Request> requests, PartnersOnly partners) {
        /** All rows of a fetch that waits for nothing. */
        static Asked unkeyed(NativeQuery query, Bindings bindings) {
            return new Asked(List.of(Request.unkeyed(query, bindings)).iterator(), new PartnersOnly(List.of()));
        }
    }

    /**
     * @param plain what is asked without keys
     * @param sets by number
     * @param costs what was seen of keyed reads so far, and is seen until the next of them is asked for
     */
    static Asked of(
            KeyedFragment keyed, NativeQuery plain, Bindings bindings, List<KeySet> sets, KeyedReadCosts costs) {
        int choice = 0;
        int largest = -1;
        List<List<Object>> sent = new ArrayList<>();
        List<PartnersOnly.Lookup> unsent = new ArrayList<>();
        for (int i = 0; i < keyed.uses().size(); i++) {
            KeyUse use = keyed.uses().get(i);
            KeySet set = sets.get(use.keySet());
            set.require();
            Optional<List<Object>> keys = set.as(use.type(), use.mostKeys())
                    .filter(known -> known.isEmpty() || use.filtering() != KeyFiltering.ALWAYS)
                    .filter(known -> costs.pays(plain.source(), use, known.size()));
            if (keys.isPresent() && keys.get().isEmpty()) {
                return new Asked(Collections.emptyIterator(), new PartnersOnly(List.of()));
            }
            sent.add(keys.orElse(List.of()));
            if (keys.isPresent()) {
                choice |= 1 << i;
                largest = largest < 0 || sent.get(i).size() > sent.get(largest).size() ? i : largest;
            } else if (use.filtering() != KeyFiltering.OFF) {
                set.probe(use.type()).ifPresent(probe -> unsent.add(new PartnersOnly.Lookup(use.column(), probe)));
            }
        }
        PartnersOnly partners = new PartnersOnly(unsent);
        if (choice == 0) {
            return new Asked(List.of(Request.unkeyed(plain, bindings)).iterator(), partners);
        }
        Bindings others = bindings;
        for (int i = 0; i < sent.size(); i++) {
            if ((choice & 1 << i) != 0 && i != largest) {
                others = others.withKeys(slot(keyed.uses().get(i)), sent.get(i));
            }
        }
        KeyUse sliced = keyed.uses().get(largest);
        NativeQuery query = keyed.queries().get(choice - 1);
        return new Asked(new Slices(query, others, sliced, sent.get(largest), costs), partners);
    }

    private static int slot(KeyUse use) {
        return ParameterSlot.FIRST_KEYS + use.keySet();
    }

    /** Some of the keys at a time. No key is in two slices, so no row comes twice. */
    private static final class Slices implements Iterator<Request> {
        private final NativeQuery query;
        private final Bindings others;
        private final KeyUse use;
        private final List<Object> keys;
        private final KeyedReadCosts costs;
        private int from;

        Slices(NativeQuery query, Bindings others, KeyUse use, List<Object> keys, KeyedReadCosts costs) {
            this.query = query;
            this.others = others;
            this.use = use;
            this.keys = keys;
            this.costs = costs;
        }

        @Override
        public boolean hasNext() {
            return from < keys.size();
        }

        @Override
        public Request next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int end = Math.min(keys.size(), from + costs.keysAtOnce(query.source(), use));
            long characters = 0;
            int to = from;
            while (to < end && characters <= CHARACTERS_AT_ONCE) {
                characters += keys.get(to++) instanceof String text ? text.length() : 0;
            }
            List<Object> slice = keys.subList(from, to);
            from = to;
            return new Request(query, others.withKeys(slot(use), slice), use.name(), slice.size());
        }
    }
}
