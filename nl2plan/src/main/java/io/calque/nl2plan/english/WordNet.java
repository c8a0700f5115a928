package io.calque.nl2plan.english;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Pointer;
import net.sf.extjwnl.data.PointerType;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;

/**
 * Words of about the meaning of another (Miller, 1995), by the relations of WordNet 3.1. Only the common senses of a word count, and what
 * everything is a kind of is no meaning. Loaded when first used. Thread-safe.
 */
public final class WordNet {
    /** Senses are sorted by how common they are. */
    private static final int SENSES = 4;

    private static final double RARER = 0.03;
    private static final int STEPS = 2;
    private static final int MOST_SYNSETS = 400;
    private static final int MOST_KINDS = 60;
    private static final int REMEMBERED = 2_000;
    /** Nearly everything is one of these. */
    private static final Set<String> GENERAL = Set.of(
            "entity",
            "thing",
            "object",
            "whole",
            "unit",
            "artifact",
            "instrumentality",
            "abstraction",
            "attribute",
            "state",
            "act",
            "action",
            "activity",
            "event",
            "group",
            "relation",
            "matter",
            "substance",
            "part",
            "piece",
            "location",
            "region",
            "point",
            "area",
            "organism",
            "being",
            "cause",
            "agent",
            "person",
            "individual",
            "someone",
            "content",
            "process",
            "quality",
            "property",
            "change",
            "amount",
            "measure",
            "quantity",
            "number",
            "condition",
            "structure",
            "equipment",
            "device",
            "set",
            "collection",
            "creation",
            "product",
            "work",
            "communication",
            "message",
            "possession",
            "time",
            "time period",
            "period",
            "unit of measurement",
            "definite quantity",
            "social group",
            "organization",
            "body",
            "place",
            "position",
            "way",
            "status",
            "class",
            "category",
            "kind",
            "sort",
            "form",
            "type",
            "line",
            "move",
            "service",
            "case",
            "feature",
            "human action");

    private final Dictionary dictionary;
    private final Cache<String, Map<String, Near>> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final Cache<String, PartOfSpeech> parts =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /**
     * @param weight between 0 and 1
     */
    public record Near(Relation relation, double weight) {}

    private static final class Loaded {
        static final WordNet WORDS = load();

        private static WordNet load() {
            try {
                return new WordNet(Dictionary.getDefaultResourceInstance());
            } catch (JWNLException e) {
                throw new IllegalStateException("WordNet cannot be read", e);
            }
        }
    }

    private WordNet(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    /** Takes half a second the first time. */
    public static WordNet get() {
        return Loaded.WORDS;
    }

    /** Single words, in lower case, that mean about the same. */
    public Map<String, Near> near(String word) {
        return known.get(word.toLowerCase(Locale.ROOT), this::related);
    }

    /** What a word mostly is, by how often each of its senses was met. */
    public PartOfSpeech of(String word) {
        return parts.get(word.toLowerCase(Locale.ROOT), this::mostly);
    }

    private synchronized PartOfSpeech mostly(String word) {
        PartOfSpeech best = PartOfSpeech.NONE;
        int most = -1;
        for (POS pos : List.of(POS.NOUN, POS.VERB, POS.ADJECTIVE, POS.ADVERB)) {
            for (IndexWord found : lookup(pos, word)) {
                int used = 0;
                for (Synset sense : found.getSenses()) {
                    used += uses(sense, found.getLemma());
                }
                if (used > most) {
                    most = used;
                    best = pos == POS.NOUN
                            ? PartOfSpeech.NOUN
                            : pos == POS.VERB
                                    ? PartOfSpeech.VERB
                                    : pos == POS.ADJECTIVE ? PartOfSpeech.ADJECTIVE : PartOfSpeech.ADVERB;
                }
            }
        }
        return best;
    }

    private static int uses(Synset sense, String lemma) {
        return sense.getWords().stream()
                .filter(w -> w.getLemma().equalsIgnoreCase(lemma))
                .mapToInt(Word::getUseCount)
                .sum();
    }

    private Optional<IndexWord> indexed(POS pos, String word) {
        try {
            return Optional.ofNullable(dictionary.lookupIndexWord(pos, word));
        } catch (JWNLException e) {
            throw new IllegalStateException("WordNet cannot be read", e);
        }
    }

    private List<IndexWord> lookup(POS pos, String word) {
        return indexed(pos, word).stream().toList();
    }

    private synchronized Map<String, Near> related(String word) {
        try {
            return relatedTo(word);
        } catch (JWNLException e) {
            throw new IllegalStateException("WordNet cannot be read", e);
        }
    }

    private Map<String, Near> relatedTo(String word) throws JWNLException {
        Map<String, Near> found = new HashMap<>();
        PartOfSpeech mostly = of(word);
        for (POS pos : List.of(POS.NOUN, POS.VERB, POS.ADJECTIVE)) {
            // "trade" as a noun is no selling
            if (mostly == PartOfSpeech.NOUN && pos != POS.NOUN) {
                continue;
            }
            for (IndexWord indexed : lookup(pos, word)) {
                List<Synset> senses = indexed.getSenses();
                for (int i = 0; i < Math.min(SENSES, senses.size()); i++) {
                    Synset sense = senses.get(i);
                    double rarer = RARER * i;
                    if (uses(sense, indexed.getLemma()) == 0 && i > 1) {
                        continue;
                    }
                    put(found, sense, Relation.SYNONYM, Relation.SYNONYM.weight(0) - rarer);
                    derived(found, sense, indexed.getLemma(), rarer);
                    if (pos == POS.NOUN) {
                        walk(found, sense, PointerType.HYPERNYM, Relation.BROADER, rarer);
                    }
                    // of what has very many kinds, none is meant
                    if (pos == POS.NOUN
                            && sense.getPointers(PointerType.HYPONYM).size() <= MOST_KINDS) {
                        walk(found, sense, PointerType.HYPONYM, Relation.NARROWER, rarer);
                    }
                }
            }
        }
        found.remove(word);
        return Map.copyOf(found);
    }

    /** "booked" and "booking": what the word's own form leads to, not that of its synonyms. */
    private static void derived(Map<String, Near> found, Synset sense, String lemma, double rarer)
            throws JWNLException {
        for (Pointer pointer : sense.getPointers(PointerType.DERIVATION)) {
            boolean own = pointer.getSource() instanceof Word source
                    && source.getLemma().equalsIgnoreCase(lemma);
            if (own && pointer.getTarget() instanceof Word target) {
                put(found, target.getLemma(), Relation.DERIVED, Relation.DERIVED.weight(0) - rarer);
            }
        }
    }

    private static void walk(Map<String, Near> found, Synset from, PointerType pointer, Relation relation, double rarer)
            throws JWNLException {
        Collection<Synset> level = List.of(from);
        int seen = 0;
        int steps = relation == Relation.NARROWER ? 1 : STEPS;
        for (int step = 0; step < steps; step++) {
            List<Synset> next = new ArrayList<>();
            for (Synset synset : level) {
                for (Pointer each : synset.getPointers(pointer)) {
                    Synset target = each.getTargetSynset();
                    if (target != null && seen++ < MOST_SYNSETS) {
                        next.add(target);
                        put(found, target, relation, relation.weight(step) - rarer);
                    }
                }
            }
            level = next;
        }
    }

    private static void put(Map<String, Near> found, Synset synset, Relation relation, double weight) {
        boolean general = relation == Relation.BROADER
                && synset.getWords().stream()
                        .anyMatch(w -> GENERAL.contains(w.getLemma().toLowerCase(Locale.ROOT)));
        if (!general) {
            synset.getWords().forEach(w -> put(found, w.getLemma(), relation, weight));
        }
    }

    private static void put(Map<String, Near> found, String lemma, Relation relation, double weight) {
        String lower = lemma.toLowerCase(Locale.ROOT);
        if (lower.indexOf(' ') < 0) {
            found.merge(lower, new Near(relation, weight), (a, b) -> a.weight() >= b.weight() ? a : b);
        }
    }
}
