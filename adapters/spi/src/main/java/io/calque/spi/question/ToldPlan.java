package io.calque.spi.question;

/**
 * A plan as people read it.
 *
 * @param steps in English, a numbered sentence a line
 * @param tree the answer first, what it is made of indented below it
 * @param dot for Graphviz
 * @param mermaid for Mermaid
 */
public record ToldPlan(String steps, String tree, String dot, String mermaid) {}
