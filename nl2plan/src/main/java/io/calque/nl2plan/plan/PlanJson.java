package io.calque.nl2plan.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** The JSON form of plan documents: {@code docs/plan-document.md}. Equal documents have equal text. Thread-safe. */
public final class PlanJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private PlanJson() {}

    public static String write(PlanDocument plan) {
        try {
            return MAPPER.writeValueAsString(PlanWriter.write(plan));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes always has a text", e);
        }
    }

    /**
     * @throws io.calque.spi.QueryException INVALID_PLAN naming the node and what is wrong with it
     */
    public static PlanDocument read(String json) {
        try {
            return new PlanReader().read(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw PlanGraph.invalid("The plan is not JSON: " + e.getOriginalMessage());
        }
    }
}
