package io.calque.nl2plan.english;

/** What a word mostly is. */
public enum PartOfSpeech {
    NOUN,
    VERB,
    ADJECTIVE,
    ADVERB,
    /** Not in the dictionary. */
    NONE
}
