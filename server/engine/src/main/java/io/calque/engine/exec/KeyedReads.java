package io.calque.engine.exec;

import io.calque.engine.exec.KeyChoice.Sent;
import io.calque.engine.prepare.KeyedFragment;
import io.calque.planner.physical.KeyUse;
import io.calque.planner.pushdown.KeyFiltering;
import io.calque.planner.pushdown.KeyForm;
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
     * @param column whose keys are sent, the most where there are several, as {@link KeyedReadCosts#kind} names it; empty where none are
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
     * @param ranges between which values it is asked, for people; may be empty
     */
    record Asked(Iterator<Request> requests, PartnersOnly partners, String ranges) {
        /** All rows of a fetch that waits for nothing. */
        static Asked unkeyed(NativeQuery query, Bindings bindings) {
            return new Asked(List.of(Request.unkeyed(query, bindings)).iterator(), new PartnersOnly(List.of()), "");
        }
    }

    /**
     * @param plain what is asked without keys
     * @param sets by number
     * @param costs what was seen of keyed reads so far, and is seen until the next of them is asked for
     */
    static Asked of(
            KeyedFragment keyed, NativeQuery plain, Bindings bindings, List<KeySet> sets, KeyedReadCosts costs) {
        List<Sent> all = new ArrayList<>();
        List<PartnersOnly.Lookup> unsent = new ArrayList<>();
        for (int i = 0; i < keyed.uses().size(); i++) {
            KeyUse use = keyed.uses().get(i);
            KeySet set = sets.get(use.keySet());
            set.require();
            Sent sent = KeyChoice.of(use, set, keyed.mayBeRange(i), plain.source(), costs);
            if (sent.isNothing()) {
                return new Asked(Collections.emptyIterator(), new PartnersOnly(List.of()), "");
            }
            all.add(sent);
            if (sent.form() != KeyForm.KEYS && use.filtering() != KeyFiltering.OFF) {
                lookup(use, set).ifPresent(unsent::add);
            }
        }
        return asked(keyed, plain, bindings, all, new PartnersOnly(unsent), costs);
    }

    private static Optional<PartnersOnly.Lookup> lookup(KeyUse use, KeySet set) {
        int first = use.first().column();
        if (!use.isTuple()) {
            return set.probe(use.first().type())
                    .map(probe -> (batch, row) -> probe.mayMeet(batch.columns().get(first), row));
        }
        return set.probe(KeyChoice.types(use))
                .map(probe -> (batch, row) -> probe.mayMeet(
                        use.columns().stream()
                                .map(column -> batch.columns().get(column.column()))
                                .toList(),
                        row));
    }

    private static Asked asked(
            KeyedFragment keyed,
            NativeQuery plain,
            Bindings bindings,
            List<Sent> all,
            PartnersOnly partners,
            KeyedReadCosts costs) {
        NativeQuery query = keyed.query(all.stream().map(Sent::form).toList()).orElse(plain);
        int largest = -1;
        for (int i = 0; i < all.size(); i++) {
            boolean larger = largest < 0
                    || all.get(i).keys().size() > all.get(largest).keys().size();
            largest = all.get(i).form() == KeyForm.KEYS && larger ? i : largest;
        }
        Bindings others = bindings;
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            KeyUse use = keyed.uses().get(i);
            Sent sent = all.get(i);
            if (sent.form() == KeyForm.KEYS && i != largest) {
                others = others.withKeys(slot(use), sent.keys());
            }
            if (sent.form() == KeyForm.RANGE) {
                KeyBounds.Range range = sent.range().orElseThrow();
                others = others.withBounds(use.keySet(), range.least(), range.greatest());
                ranges.add(use.name() + " from " + range.shown(use.first().type()));
            }
        }
        Iterator<Request> requests = largest < 0
                ? List.of(Request.unkeyed(query, others)).iterator()
                : new Slices(
                        query,
                        others,
                        keyed.uses().get(largest),
                        all.get(largest).keys(),
                        costs);
        return new Asked(requests, partners, String.join(", ", ranges));
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
                characters += characters(keys.get(to++));
            }
            List<Object> slice = keys.subList(from, to);
            from = to;
            return new Request(query, others.withKeys(slot(use), slice), KeyedReadCosts.kind(use), slice.size());
        }

        private static long characters(Object key) {
            if (key instanceof List<?> parts) {
                return parts.stream().mapToLong(Slices::characters).sum();
            }
            return key instanceof String text ? text.length() : 0;
        }
    }
}
