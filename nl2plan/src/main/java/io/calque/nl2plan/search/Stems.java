package io.calque.nl2plan.search;

import java.util.Locale;
import java.util.Map;
import org.tartarus.snowball.ext.EnglishStemmer;

/** One form for the forms of an English word. Stateless; each call has a stemmer of its own. */
public final class Stems {
    /** Verbs and nouns whose forms no suffix rule finds. */
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("bought", "buy"),
            Map.entry("sold", "sell"),
            Map.entry("paid", "pay"),
            Map.entry("made", "make"),
            Map.entry("spent", "spend"),
            Map.entry("sent", "send"),
            Map.entry("given", "give"),
            Map.entry("gave", "give"),
            Map.entry("got", "get"),
            Map.entry("wrote", "write"),
            Map.entry("written", "write"),
            Map.entry("held", "hold"),
            Map.entry("left", "leave"),
            Map.entry("began", "begin"),
            Map.entry("born", "birth"),
            Map.entry("taught", "teach"),
            Map.entry("seen", "see"),
            Map.entry("saw", "see"),
            Map.entry("drove", "drive"),
            Map.entry("driven", "drive"),
            Map.entry("flew", "fly"),
            Map.entry("flown", "fly"),
            Map.entry("flies", "fly"),
            Map.entry("rode", "ride"),
            Map.entry("chose", "choose"),
            Map.entry("chosen", "choose"),
            Map.entry("won", "win"),
            Map.entry("lost", "lose"),
            Map.entry("built", "build"),
            Map.entry("led", "lead"),
            Map.entry("lent", "lend"),
            Map.entry("met", "meet"),
            Map.entry("kept", "keep"),
            Map.entry("people", "person"),
            Map.entry("children", "child"),
            Map.entry("men", "man"),
            Map.entry("women", "woman"),
            Map.entry("salespeople", "salesperson"),
            Map.entry("taken", "take"),
            Map.entry("took", "take"),
            Map.entry("shipped", "ship"),
            Map.entry("mustn't", "not"),
            Map.entry("data", "data"),
            Map.entry("media", "media"),
            Map.entry("closest", "close"),
            Map.entry("statuses", "status"),
            Map.entry("status", "status"),
            Map.entry("news", "news"));

    private Stems() {}

    public static String of(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.chars().noneMatch(Character::isLetter)) {
            return lower;
        }
        String irregular = IRREGULAR.get(lower);
        EnglishStemmer stemmer = new EnglishStemmer();
        stemmer.setCurrent(irregular == null ? lower : irregular);
        stemmer.stem();
        return stemmer.getCurrent();
    }
}
